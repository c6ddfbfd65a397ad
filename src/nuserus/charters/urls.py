"""Rules of use: everything below `/regles/`."""

from __future__ import annotations

from django.urls import path

from nuserus.charters.views import deciding, reading, starting, working

app_name = "charters"
urlpatterns = [
    path("", reading.charters, name="list"),
    path("commencer/<uuid:institution_id>/", starting.start, name="start"),
    path("commencer/<uuid:institution_id>/depuis/<uuid:version_id>/", starting.take, name="take"),
    path("<uuid:charter_id>/", reading.charter, name="charter"),
    path("<uuid:charter_id>/affiche.pdf", reading.poster, name="poster"),
    path("<uuid:charter_id>/versions/<int:number>/", reading.version, name="version"),
    path("<uuid:charter_id>/travail/", working.work, name="work"),
    path("<uuid:charter_id>/travail/titre/", working.describe, name="describe"),
    path("<uuid:charter_id>/travail/jeter/", working.drop, name="drop"),
    path("<uuid:charter_id>/travail/regle/", working.add_rule, name="add_rule"),
    path("<uuid:charter_id>/travail/regle/<uuid:rule_id>/", working.change_rule, name="change_rule"),
    path("<uuid:charter_id>/travail/regle/<uuid:rule_id>/deplacer/", working.move_rule, name="move_rule"),
    path("<uuid:charter_id>/travail/regle/<uuid:rule_id>/retirer/", working.remove_rule, name="remove_rule"),
    path("<uuid:charter_id>/travail/proposition/<uuid:proposal_id>/", working.decide, name="decide"),
    path("<uuid:charter_id>/travail/proposition/<uuid:proposal_id>/retirer/", working.take_back, name="take_back"),
    path("<uuid:charter_id>/travail/concertation/", deciding.consult, name="consult"),
    path(
        "<uuid:charter_id>/travail/concertation/<uuid:consultation_id>/retirer/", deciding.unconsult, name="unconsult"
    ),
    path("<uuid:charter_id>/travail/version-simple/", deciding.simple, name="simple"),
    path("<uuid:charter_id>/travail/relue/", deciding.read_over, name="read_over"),
    path("<uuid:charter_id>/travail/adopter/", deciding.adopt, name="adopt"),
    path("<uuid:charter_id>/travail/qui-peut-lire/", deciding.readers, name="readers"),
]
