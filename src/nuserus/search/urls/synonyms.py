"""Addresses of the synonyms, below /relecture/synonymes/."""

from __future__ import annotations

from django.urls import path

from nuserus.search.views import synonyms

app_name = "synonyms"
urlpatterns = [
    path("", synonyms.synonym_list, name="list"),
    path("ajouter/", synonyms.add, name="add"),
    path("<uuid:pk>/", synonyms.change, name="change"),
    path("<uuid:pk>/supprimer/", synonyms.delete, name="delete"),
]
