"""OpenRosa: everything below `/openrosa/`; the names are those of the specification."""

from __future__ import annotations

from django.urls import path

from nuserus.instruments.views import openrosa

app_name = "openrosa"
urlpatterns = [
    path("formList", openrosa.form_list, name="form_list"),
    path("submission", openrosa.submission, name="submission"),
    path("forms/<uuid:instrument_id>/<int:number>.xml", openrosa.form, name="form"),
    path("forms/<uuid:instrument_id>/<int:number>/manifest", openrosa.manifest, name="manifest"),
    path("forms/<uuid:instrument_id>/<int:number>/participants.csv", openrosa.participants, name="participants"),
]
