"""Pseudonymising a source, and the table of names."""

from __future__ import annotations

from django.urls import path

from nuserus.corpus.views import keys, masking

urlpatterns = [
    path("etude/<uuid:study_id>/noms/", keys.keys, name="keys"),
    path("etude/<uuid:study_id>/noms/nommer/", keys.name_holder, name="name_key_holder"),
    path("noms/<uuid:holder_id>/retirer/", keys.end_holder, name="end_key_holder"),
    path("noms/lieu/<uuid:place_id>/", keys.open_table, name="open_key"),
    path("<uuid:source_id>/pseudonymes/", masking.masking, name="masking"),
    path("<uuid:source_id>/pseudonymes/chercher/", masking.look, name="masking_look"),
    path("<uuid:source_id>/pseudonymes/decider/", masking.decide, name="masking_decide"),
    path("<uuid:source_id>/pseudonymes/ajouter/", masking.add, name="masking_add"),
    path("<uuid:source_id>/pseudonymes/annuler/", masking.undo, name="masking_undo"),
    path("<uuid:source_id>/pseudonymes/finir/", masking.finish, name="masking_finish"),
]
