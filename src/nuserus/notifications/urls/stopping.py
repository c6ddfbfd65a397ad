"""The address that mails carry, for whoever wants no more of them."""

from __future__ import annotations

from django.urls import path

from nuserus.notifications.views import stopping

app_name = "stopping"

urlpatterns = [path("<str:token>/", stopping.stop, name="stop")]
