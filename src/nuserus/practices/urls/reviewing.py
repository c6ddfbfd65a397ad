"""Peer review: everything below `/relecture/`."""

from __future__ import annotations

from django.urls import path

from nuserus.practices.views.reviewing import queue, review

app_name = "reviewing"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("<uuid:review_id>/", review.review, name="review"),
    path("<uuid:review_id>/prendre/", queue.take, name="take"),
    path("<uuid:review_id>/passer/", review.pass_on, name="pass_on"),
    path("<uuid:review_id>/remarque/", review.comment, name="comment"),
    path("<uuid:review_id>/remarque/<uuid:comment_id>/retirer/", review.uncomment, name="uncomment"),
    path("<uuid:review_id>/reprendre/", review.give_back, name="give_back"),
    path("<uuid:review_id>/publier/", review.publish, name="publish"),
]
