"""Reading, trying, adapting: everything below `/pratiques/`."""

from __future__ import annotations

from django.urls import path

from nuserus.practices.views import adapting, commons, freshness, history, paper, reading, results, trials

app_name = "sheets"
urlpatterns = [
    path("", results.sheets, name="results"),
    path("commun.zip", commons.commons, name="commons"),
    path("<uuid:sheet_id>/", reading.detail, name="detail"),
    path("<uuid:sheet_id>/fiche.pdf", paper.sheet_pdf, name="pdf"),
    path("toujours-valable/<str:token>/", freshness.still_valid, name="still_valid"),
    path("<uuid:sheet_id>/historique/", history.history, name="history"),
    path("<uuid:sheet_id>/historique/comparer/", history.compare, name="compare"),
    path("<uuid:sheet_id>/historique/<int:number>/", history.version, name="version"),
    path("<uuid:sheet_id>/historique/<int:number>/retablir/", history.restore, name="restore"),
    path("<uuid:sheet_id>/historique/<int:number>/fermer/", history.close, name="close_version"),
    path("<uuid:sheet_id>/differences/", reading.differences, name="differences"),
    path("<uuid:sheet_id>/adapter/", adapting.adapt, name="adapt"),
    path("<uuid:sheet_id>/declinaison/", adapting.adaptation, name="adaptation"),
    path("<uuid:sheet_id>/essai/", trials.trial, name="trial"),
    path("<uuid:sheet_id>/essai/<uuid:trial_id>/retirer/", trials.take_back, name="take_back"),
    path("<uuid:sheet_id>/evaluation/", trials.evaluate, name="evaluate"),
]
