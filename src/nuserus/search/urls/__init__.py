"""Addresses of the search box, below /pratiques/."""

from __future__ import annotations

from django.urls import path

from nuserus.search.views.suggestions import suggestions

app_name = "search"
urlpatterns = [path("suggestions/", suggestions, name="suggestions")]
