from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "nuserus.portal"
    label = "portal"
    verbose_name = _("accueil et espace de travail")

    def ready(self) -> None:
        from django.conf import settings

        from nuserus.people.demonstration import TrialAccount, register_trial_accounts

        def accounts_to_try() -> list[TrialAccount]:
            from nuserus.portal.demonstration.people import role_accounts
            from nuserus.portal.demonstration.sources import DEMONSTRATION_PASSWORD

            return [TrialAccount(entry["email"], DEMONSTRATION_PASSWORD, entry["purpose"]) for entry in role_accounts()]

        if settings.NUSERUS_DEMO:
            register_trial_accounts(accounts_to_try)
