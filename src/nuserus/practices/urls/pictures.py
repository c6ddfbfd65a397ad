"""The photos of sheets: below `/pratiques/photos/`."""

from __future__ import annotations

from django.urls import path

from nuserus.practices.views import pictures

app_name = "pictures"
urlpatterns = [
    path("<uuid:picture_id>/", pictures.large, name="full"),
    path("<uuid:picture_id>/petite/", pictures.small, name="small"),
]
