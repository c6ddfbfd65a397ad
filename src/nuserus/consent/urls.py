"""« Mes accords »: everything below `/mon-espace/accords/`."""

from __future__ import annotations

from django.urls import path

from nuserus.consent.views import agreements, cards, withdrawals

app_name = "consent"
urlpatterns = [
    path("", agreements.agreements, name="list"),
    path("carte/", cards.card, name="card"),
    path("carte/<uuid:consent_id>/retirer/", cards.withdraw, name="card_withdraw"),
    path("carte/tout-retirer/", withdrawals.card_withdraw_all, name="card_withdraw_all"),
    path("carte/recu/<uuid:withdrawal_id>/", withdrawals.card_receipt, name="card_receipt"),
    path("personne/<uuid:mission>/<uuid:subject>/retirer/", withdrawals.withdraw_all, name="withdraw_all"),
    path("retraits/<uuid:withdrawal_id>/", withdrawals.withdrawal, name="withdrawal"),
    path("retraits/<uuid:withdrawal_id>/recu.pdf", withdrawals.receipt, name="receipt"),
    path("retraits/lieu/<uuid:mission>/", withdrawals.withdrawals, name="withdrawals"),
    path("retraits/a-relire/<uuid:flagged_id>/", withdrawals.review, name="review_flagged"),
    path("<uuid:consent_id>/", agreements.agreement, name="detail"),
    path("<uuid:consent_id>/retirer/", agreements.withdraw, name="withdraw"),
    path("<uuid:consent_id>/carte/", cards.make, name="make_card"),
]
