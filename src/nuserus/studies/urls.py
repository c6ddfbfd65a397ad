"""Studies: everything below `/etudes/`."""

from __future__ import annotations

from django.urls import path

from nuserus.studies.views import (
    calendar,
    circles,
    feed,
    invitations,
    journal,
    opening,
    overview,
    places,
    planning,
)

app_name = "studies"
urlpatterns = [
    path("", overview.mine, name="list"),
    path("ouvrir/", opening.begin, name="open"),
    path("agenda/", feed.own_feed, name="feed"),
    path("agenda/<str:secret>.ics", feed.served_feed, name="served_feed"),
    path("invitation/<str:secret>/", invitations.by_link, name="link"),
    path("places/<uuid:seat_id>/repondre/", invitations.answer, name="answer"),
    path("places/<uuid:seat_id>/quitter/", circles.leave, name="leave"),
    path("places/<uuid:seat_id>/lien/", circles.renew, name="renew"),
    path("places/<uuid:seat_id>/retirer/", circles.remove, name="remove_seat"),
    path("lieux/<uuid:place_id>/repondre/", invitations.answer_for_place, name="answer_place"),
    path("lieux/<uuid:place_id>/", places.change, name="place"),
    path("groupes/<uuid:circle_id>/", circles.circle, name="circle"),
    path("dates/<uuid:event_id>/", calendar.event, name="event"),
    path("dates/<uuid:event_id>/agenda.ics", calendar.event_file, name="event_file"),
    path("dates/<uuid:event_id>/modifier/", calendar.change, name="change_event"),
    path("dates/<uuid:event_id>/annuler/", calendar.cancel, name="cancel_event"),
    path("dates/<uuid:event_id>/repondre/", calendar.answer, name="answer_event"),
    path("phases/<uuid:phase_id>/", planning.phase, name="phase"),
    path("phases/<uuid:phase_id>/retirer/", planning.remove_phase_view, name="remove_phase"),
    path("phases/<uuid:phase_id>/etape/", planning.new_step, name="new_step"),
    path("etapes/<uuid:step_id>/", planning.step, name="step"),
    path("etapes/<uuid:step_id>/faite/", planning.finish, name="finish_step"),
    path("etapes/<uuid:step_id>/retirer/", planning.remove_step_view, name="remove_step"),
    path("<uuid:study_id>/", overview.detail, name="detail"),
    path("<uuid:study_id>/preparer/<slug:slug>/", opening.question, name="prepare"),
    path("<uuid:study_id>/commencer/", overview.start, name="start"),
    path("<uuid:study_id>/terminer/", overview.close, name="close"),
    path("<uuid:study_id>/avancement/", overview.progress, name="progress"),
    path("<uuid:study_id>/etapes/", planning.plan, name="plan"),
    path("<uuid:study_id>/lieux/", places.places, name="places"),
    path("<uuid:study_id>/calendrier/", calendar.dates, name="calendar"),
    path("<uuid:study_id>/calendrier/ajouter/", calendar.new, name="new_event"),
    path("<uuid:study_id>/decisions/", journal.decisions, name="decisions"),
    path("<uuid:study_id>/cycles/", journal.cycles, name="cycles"),
]
