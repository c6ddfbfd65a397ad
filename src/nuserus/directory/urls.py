"""Addresses under /annuaire/."""

from __future__ import annotations

from django.urls import path

from nuserus.directory import views

app_name = "directory"

urlpatterns = [
    path("", views.institutions, name="institutions"),
    path("demandes/", views.requests_waiting, name="requests"),
    path("<uuid:institution_id>/", views.institution, name="institution"),
    path("<uuid:institution_id>/rejoindre/", views.ask_membership, name="ask_membership"),
    path("<uuid:institution_id>/quitter/", views.leave_institution, name="leave_institution"),
    path("<uuid:institution_id>/membres/", views.members, name="members"),
    path("membres/<uuid:membership_id>/", views.decide, name="decide"),
    path("<slug:slug>/", views.institution_by_slug, name="institution_by_slug"),
]
