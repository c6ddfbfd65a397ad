from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "nuserus.foundation"
    label = "foundation"
    verbose_name = "fondations"

    def ready(self) -> None:
        from nuserus.foundation.asking import register_standing

        register_standing(
            "missions",
            "SELECT mission_id FROM foundation_missionholder WHERE holder_id = nuserus_user()",
        )
