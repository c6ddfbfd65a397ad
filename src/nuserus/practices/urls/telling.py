"""Telling a practice: everything below `/partager/`."""

from __future__ import annotations

from django.urls import path

from nuserus.practices.views import freshness
from nuserus.practices.views.telling import plain, question, saving, sheet, start, together

app_name = "telling"
urlpatterns = [
    path("", start.start, name="start"),
    path("commencer/", start.begin, name="begin"),
    path("<uuid:sheet_id>/", sheet.sheet, name="sheet"),
    path("<uuid:sheet_id>/reprendre/", sheet.take_back, name="take_back"),
    path("<uuid:sheet_id>/publier/", sheet.publish, name="publish"),
    path("<uuid:sheet_id>/retirer/", sheet.withdraw, name="withdraw"),
    path("<uuid:sheet_id>/simple/conseils/", plain.advice, name="advice"),
    path("<uuid:sheet_id>/simple/relecture/", plain.reading, name="plain_reading"),
    path("<uuid:sheet_id>/toujours-valable/", freshness.confirm, name="still_valid"),
    path("<uuid:sheet_id>/<slug:question>/", question.question, name="question"),
    path("<uuid:sheet_id>/<slug:question>/enregistrer/", saving.save, name="save"),
    path("<uuid:sheet_id>/<slug:question>/ensemble/", together.present, name="present"),
    path("<uuid:sheet_id>/<slug:question>/avant/", together.before, name="before"),
]
