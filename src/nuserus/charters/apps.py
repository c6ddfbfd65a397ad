from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChartersConfig(AppConfig):
    name = "nuserus.charters"
    label = "charters"
    verbose_name = _("règles d’usage")

    def ready(self) -> None:
        from nuserus.charters.contributions import institution_section
        from nuserus.directory.registry import register_follower
        from nuserus.directory.sections import INSTITUTION_SECTIONS

        INSTITUTION_SECTIONS.register("charters", position=30, render=institution_section)
        register_follower("charters.Charter", "institution_id", "scope_institution", label=_("Règles d’usage"))
        register_follower("charters.CharterVersion", "institution_id", "scope_institution")
        for model in (
            "charters.HouseRule",
            "charters.Consultation",
            "charters.Proposal",
            "charters.PlainReading",
        ):
            register_follower(model)
