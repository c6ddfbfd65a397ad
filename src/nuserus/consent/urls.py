"""« Mes accords »: everything below `/mon-espace/accords/`."""

from __future__ import annotations

from django.urls import path

from nuserus.consent.views import agreements, cards

app_name = "consent"
urlpatterns = [
    path("", agreements.agreements, name="list"),
    path("carte/", cards.card, name="card"),
    path("carte/<uuid:consent_id>/retirer/", cards.withdraw, name="card_withdraw"),
    path("<uuid:consent_id>/", agreements.agreement, name="detail"),
    path("<uuid:consent_id>/retirer/", agreements.withdraw, name="withdraw"),
    path("<uuid:consent_id>/carte/", cards.make, name="make_card"),
]
