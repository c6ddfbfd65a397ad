"""The field: everything below `/terrain/`."""

from __future__ import annotations

from django.urls import path

from nuserus.fieldwork.views import overview

app_name = "fieldwork"
urlpatterns = [
    path("", overview.home, name="home"),
]
