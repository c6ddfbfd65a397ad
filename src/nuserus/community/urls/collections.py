"""`/selections/`."""

from __future__ import annotations

from django.urls import path

from nuserus.community.views import collections, composing

app_name = "collections"
urlpatterns = [
    path("", collections.listing, name="list"),
    path("nouvelle/", composing.new, name="new"),
    path("ajouter/<uuid:sheet_id>/", composing.add, name="add"),
    path("<uuid:collection_id>/", collections.collection, name="collection"),
    path("<uuid:collection_id>/imprimer/", collections.booklet, name="booklet"),
    path("<uuid:collection_id>/livret.pdf", collections.booklet_as_pdf, name="pdf"),
    path("<uuid:collection_id>/modifier/", composing.change, name="change"),
    path("<uuid:collection_id>/jeter/", composing.throw_away, name="delete"),
    path("<uuid:collection_id>/fiches/<uuid:entry_id>/", composing.entry, name="entry"),
]
