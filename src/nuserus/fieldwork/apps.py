from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FieldworkConfig(AppConfig):
    name = "nuserus.fieldwork"
    label = "fieldwork"
    verbose_name = _("terrain")

    def ready(self) -> None:
        from nuserus.directory.registry import register_follower
        from nuserus.fieldwork import rules  # noqa: F401 - rules register themselves

        for model in (
            "fieldwork.Visit",
            "fieldwork.Visitor",
            "fieldwork.Observation",
            "fieldwork.Saying",
            "fieldwork.Presence",
            "fieldwork.JournalEntry",
            "fieldwork.JournalMention",
            "fieldwork.RestitutionMeeting",
            "fieldwork.RestitutionTheme",
        ):
            register_follower(model)
