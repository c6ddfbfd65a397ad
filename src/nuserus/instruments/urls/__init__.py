"""Grids and questionnaires: everything below `/grilles/`."""

from __future__ import annotations

from django.urls import path

from nuserus.instruments.views import fiches, instruments, tablets, versions

app_name = "instruments"
_one = "<uuid:instrument_id>/"
_version = f"{_one}versions/<int:number>/"
_fiche = f"{_one}fiches/<uuid:submission_id>/"

urlpatterns = [
    path("", instruments.instruments, name="list"),
    path("commencer/", instruments.start, name="start"),
    path("modele.xlsx", instruments.model, name="model"),
    path("appareils/", tablets.tablets, name="tablets"),
    path("appareils/<uuid:tablet_id>/arreter/", tablets.stop, name="stop_tablet"),
    path(_one, instruments.instrument, name="instrument"),
    path(f"{_one}nouvelle-version/", instruments.new_version, name="new_version"),
    path(f"{_one}lecteurs/", instruments.readers, name="readers"),
    path(f"{_one}lecteurs/<uuid:reader_id>/retirer/", instruments.stop_reader, name="stop_reader"),
    path(_version, versions.version, name="version"),
    path(f"{_version}classeur.xlsx", versions.workbook, name="workbook"),
    path(f"{_version}formulaire.xml", versions.xform, name="xform"),
    path(f"{_version}participants.csv", versions.participants, name="participants"),
    path(f"{_version}differences/", versions.changes, name="changes"),
    path(f"{_version}essai/", versions.trial, name="trial"),
    path(f"{_version}essai/resultat/", versions.checked, name="checked"),
    path(f"{_version}publier/", versions.publish, name="publish"),
    path(f"{_version}retirer/", versions.withdraw, name="withdraw"),
    path(f"{_version}remarquer/", versions.remark, name="remark"),
    path(f"{_version}mots-du-groupe/", instruments.agreed_version, name="agreed_version"),
    path(f"{_one}remarques/<uuid:remark_id>/", versions.decide, name="decide"),
    path(f"{_one}remarques/<uuid:remark_id>/retirer/", versions.take_back, name="take_back"),
    path(f"{_one}fiches/", fiches.fiches, name="fiches"),
    path(_fiche, fiches.fiche, name="fiche"),
    path(f"{_fiche}fiche.xml", fiches.raw, name="raw"),
    path(f"{_fiche}reprendre/", fiches.accept, name="accept"),
    path(f"{_fiche}fichiers/<uuid:file_id>/", fiches.file, name="file"),
]
