"""`/pratiques/<sheet>/discussion/`."""

from __future__ import annotations

from django.urls import path

from nuserus.community.views import discussion

app_name = "discussion"
urlpatterns = [
    path("<uuid:sheet_id>/discussion/", discussion.sheet, name="sheet"),
    path("<uuid:sheet_id>/discussion/<uuid:comment_id>/modifier/", discussion.edit, name="edit"),
    path("<uuid:sheet_id>/discussion/<uuid:comment_id>/retirer/", discussion.remove, name="remove"),
]
