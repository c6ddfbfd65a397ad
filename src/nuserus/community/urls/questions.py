"""`/questions/`."""

from __future__ import annotations

from django.urls import path

from nuserus.community.views import questions

app_name = "questions"
urlpatterns = [
    path("", questions.listing, name="list"),
    path("poser/", questions.ask, name="ask"),
    path("reponses/<uuid:answer_id>/aide/", questions.helped, name="helped"),
    path("reponses/<uuid:answer_id>/fiche/", questions.become, name="become"),
    path("reponses/<uuid:answer_id>/retirer/", questions.remove_answer, name="remove_answer"),
    path("<uuid:question_id>/", questions.question, name="question"),
    path("<uuid:question_id>/retirer/", questions.remove, name="remove"),
]
