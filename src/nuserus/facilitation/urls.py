"""« Je raconte, quelqu’un écrit »: everything below `/partager/avec-quelqu-un/`."""

from __future__ import annotations

from django.urls import path

from nuserus.facilitation.views import calls, meeting, plain, reading, slots, start, telling, words

app_name = "facilitation"
urlpatterns = [
    path("", start.start, name="start"),
    path("maintenant/", start.now, name="now"),
    path("rejoindre/", start.join, name="join"),
    path("sans-compte/", start.without_account, name="without_account"),
    path("creneaux/", slots.slots, name="slots"),
    path("creneaux/<uuid:slot_id>/reserver/", meeting.book, name="book"),
    path("creneaux/<uuid:slot_id>/retirer/", slots.remove, name="remove_slot"),
    path("rendez-vous/<uuid:booking_id>/", meeting.booking, name="booking"),
    path("rendez-vous/<uuid:booking_id>/commencer/", meeting.begin, name="begin"),
    path("rendez-vous/<uuid:booking_id>/annuler/", meeting.cancel, name="cancel"),
    path("rappel/", calls.ask, name="ask_call"),
    path("rappel/<uuid:call_id>/annuler/", calls.cancel, name="cancel_call"),
    path("rappel/<uuid:call_id>/repondre/", calls.answer, name="answer_call"),
    path("avec-mes-mots/", plain.begin, name="plain"),
    path("avec-mes-mots/<uuid:telling_id>/<slug:step>/", plain.question, name="plain_step"),
    path("recit/<uuid:telling_id>/", telling.telling, name="telling"),
    path("recit/<uuid:telling_id>/code/", telling.code, name="code"),
    path("recit/<uuid:telling_id>/terminer/", telling.leave, name="leave"),
    path("recit/<uuid:telling_id>/signature/", telling.sign, name="sign"),
    path("recit/<uuid:telling_id>/lire/", reading.read, name="read"),
    path("recit/<uuid:telling_id>/accord/", reading.agree, name="agree"),
    path("recit/<uuid:telling_id>/envoyer/", reading.send, name="send"),
    path("paroles/<uuid:sheet_id>/", words.on_sheet, name="words"),
    path("paroles/carte/<uuid:words_id>/accord/", words.agree, name="words_agree"),
    path("paroles/carte/<uuid:words_id>/retirer/", words.remove, name="words_remove"),
]
