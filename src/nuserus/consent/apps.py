from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsentConfig(AppConfig):
    name = "nuserus.consent"
    label = "consent"
    verbose_name = _("consentements")

    def ready(self) -> None:
        from nuserus.consent import rules  # noqa: F401 - rules register themselves
        from nuserus.consent.actions.marks import erase_marks
        from nuserus.consent.actions.record import WITHDRAWN
        from nuserus.consent.actions.replaying import withdraw_again
        from nuserus.consent.actions.settling import withdraw_subject_again
        from nuserus.consent.actions.withdrawing import SUBJECT_WITHDRAWN
        from nuserus.consent.provenance import register_redactor
        from nuserus.directory.registry import register_follower
        from nuserus.foundation.ledger.replaying import register_replay

        register_replay(WITHDRAWN, withdraw_again)
        register_replay(SUBJECT_WITHDRAWN, withdraw_subject_again)
        register_redactor("consent.marks", models=("consent.ConsentSignature",), redact=erase_marks)
        for model in (
            "consent.ConsentSignature",
            "consent.WithdrawalTrace",
            "consent.Flagged",
            "consent.ForgottenFile",
        ):
            register_follower(model)
