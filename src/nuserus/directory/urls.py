"""Addresses under /annuaire/, and under /carte/."""

from __future__ import annotations

from django.urls import path

from nuserus.directory import views

app_name = "directory"

urlpatterns = [
    path("", views.institutions, name="institutions"),
    path("demandes/", views.requests_waiting, name="requests"),
    path("lieux/<uuid:place_id>/", views.place, name="place"),
    path("lieux/<uuid:place_id>/carte-de-visite.vcf", views.place_card, name="place_card"),
    path("imports/", views.imports_list, name="imports"),
    path("imports/lire/", views.import_file, name="import_file"),
    path("imports/<uuid:import_id>/", views.import_report, name="import"),
    path("imports/<uuid:import_id>/avancement/", views.import_progress, name="import_progress"),
    path("imports/<uuid:import_id>/rapport.csv", views.import_csv, name="import_csv"),
    path("imports/<uuid:import_id>/reprendre/", views.import_again, name="import_again"),
    path("imports/<uuid:import_id>/defaire/", views.import_undo, name="import_undo"),
    path("<uuid:institution_id>/", views.institution, name="institution"),
    path("<uuid:institution_id>/carte-de-visite.vcf", views.institution_card, name="institution_card"),
    path("<uuid:institution_id>/rejoindre/", views.ask_membership, name="ask_membership"),
    path("<uuid:institution_id>/quitter/", views.leave_institution, name="leave_institution"),
    path("<uuid:institution_id>/membres/", views.members, name="members"),
    path("<uuid:institution_id>/etre-referent/", views.claim, name="claim"),
    path("<uuid:institution_id>/code/", views.claim_code, name="claim_code"),
    path("<uuid:institution_id>/passer-la-main/", views.hand_over, name="hand_over"),
    path("<uuid:institution_id>/coordonnees/", views.details, name="details"),
    path("membres/<uuid:membership_id>/", views.decide, name="decide"),
    path("membres/<uuid:membership_id>/verifier/", views.check_referent, name="check_referent"),
    path("doublons/", views.duplicates, name="duplicates"),
    path("doublons/<uuid:proposal_id>/", views.duplicate, name="duplicate"),
    path("corrections/<uuid:correction_id>/annuler/", views.undo_correction, name="undo_correction"),
    path("<slug:slug>/", views.institution_by_slug, name="institution_by_slug"),
]

# under /carte/
map_patterns = [
    path("", views.map_page, name="page"),
    path("points/", views.map_points, name="points"),
    path("autour/", views.map_around, name="around"),
]
