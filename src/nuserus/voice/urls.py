"""Answers recorded aloud: below `/voix/`."""

from __future__ import annotations

from django.urls import path

from nuserus.voice.views import queue, recordings

app_name = "voice"
urlpatterns = [
    path("a-ecrire/", queue.queue, name="queue"),
    path("a-ecrire/<uuid:recording_id>/prendre/", queue.take, name="take"),
    path("a-ecrire/<uuid:recording_id>/", queue.write, name="write"),
    path("<uuid:recording_id>/son/", recordings.sound, name="sound"),
    path("<uuid:recording_id>/texte/", recordings.text, name="text"),
    path("<uuid:recording_id>/jeter/", recordings.throw, name="throw"),
    path("<uuid:recording_id>/confier/", recordings.entrusting, name="entrust"),
    path("<slug:kind>/<uuid:about>/<slug:question>/deposer/", recordings.deposited, name="deposit"),
    path("<slug:kind>/<uuid:about>/<slug:question>/", recordings.listed, name="list"),
]
