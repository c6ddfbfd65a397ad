from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "nuserus.notifications"
    label = "notifications"
    verbose_name = _("avis")

    def ready(self) -> None:
        from nuserus.foundation.restoring import Step, register_after_restore
        from nuserus.notifications import rules  # noqa: F401 (rules register themselves)
        from nuserus.notifications.actions.restored import keep_waiting_mail_back

        register_after_restore(Step.NOT_TWICE, "keep waiting mail back", keep_waiting_mail_back)
