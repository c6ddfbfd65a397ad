from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "nuserus.foundation"
    label = "foundation"
    verbose_name = "fondations"

    def ready(self) -> None:
        from nuserus.foundation.asking import register_standing
        from nuserus.foundation.ledger.replaying import replay_ledger
        from nuserus.foundation.restoring import Step, register_after_restore

        register_after_restore(Step.WITHDRAWALS, "the ledger of withdrawals", replay_ledger, as_system=False)
        register_standing(
            "missions",
            "SELECT mission_id FROM foundation_missionholder WHERE holder_id = nuserus_user()",
        )
