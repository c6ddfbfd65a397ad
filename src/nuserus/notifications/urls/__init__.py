"""Addresses below /mon-espace/avis/."""

from __future__ import annotations

from django.urls import path

from nuserus.notifications.views import notices, overseeing

app_name = "notices"

urlpatterns = [
    path("", notices.own_notices, name="list"),
    path("lus/", notices.read_all, name="read_all"),
    path("courriels/", notices.preferences, name="preferences"),
    path("envois/", overseeing.sendings, name="sendings"),
    path("<uuid:notice_id>/", notices.open_notice, name="open"),
]
