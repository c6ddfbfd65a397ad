from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "nuserus.consent"
    label = "consent"
    verbose_name = _("consentements")

    def ready(self) -> None:
        from nuserus.consent import rules  # noqa: F401 - rules register themselves
        from nuserus.consent.actions.record import WITHDRAWN
        from nuserus.consent.actions.replaying import withdraw_again
        from nuserus.foundation.ledger.replaying import register_replay

        register_replay(WITHDRAWN, withdraw_again)
