"""Details of a sheet that may point at somebody: below `/partager/<sheet>/details/`."""

from __future__ import annotations

from django.urls import path

from nuserus.practices.views.telling import details

app_name = "details"
urlpatterns = [
    path("", details.details, name="list"),
    path("<uuid:flag_id>/", details.decide, name="decide"),
]
