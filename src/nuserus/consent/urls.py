"""« Mes accords »: everything below `/mon-espace/accords/`."""

from __future__ import annotations

from django.urls import path

from nuserus.consent.views import agreements

app_name = "consent"
urlpatterns = [
    path("", agreements.agreements, name="list"),
    path("<uuid:consent_id>/", agreements.agreement, name="detail"),
    path("<uuid:consent_id>/retirer/", agreements.withdraw, name="withdraw"),
]
