from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "nuserus.notifications"
    label = "notifications"
    verbose_name = _("avis")

    def ready(self) -> None:
        from nuserus.notifications import rules  # noqa: F401 (rules register themselves)
