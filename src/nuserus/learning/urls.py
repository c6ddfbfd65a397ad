"""Addresses under /se-former/."""

from __future__ import annotations

from django.urls import path

from nuserus.learning.views import links, reading, resources

app_name = "learning"
urlpatterns = [
    path("", reading.index, name="index"),
    path("seances/<slug:slug>/", reading.team_session, name="session"),
    path("ressources/", resources.resources, name="resources"),
    path("ressources/proposer/", resources.propose, name="propose"),
    path("ressources/propositions/", resources.proposals, name="proposals"),
    path("ressources/propositions/<uuid:resource_id>/", resources.answer, name="answer"),
    path("fiches/<uuid:sheet_id>/", links.sheet_links, name="sheet"),
    path("fiches/<uuid:sheet_id>/<uuid:link_id>/retirer/", links.remove, name="remove"),
    path("<slug:slug>/", reading.concept, name="concept"),
]
