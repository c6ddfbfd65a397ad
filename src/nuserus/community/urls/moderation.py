"""`/signalements/`."""

from __future__ import annotations

from django.urls import path

from nuserus.community.views import moderation

app_name = "moderation"
urlpatterns = [
    path("", moderation.queue, name="queue"),
    path("les-miens/", moderation.own_reports, name="own_reports"),
    path("signaler/<str:content>/<uuid:object_id>/", moderation.report, name="report"),
    path("dossier/<str:content>/<uuid:object_id>/", moderation.case, name="case"),
    path("mon-texte/<str:content>/<uuid:object_id>/", moderation.own, name="own"),
]
