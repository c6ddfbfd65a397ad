from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "nuserus.learning"
    label = "learning"
    verbose_name = _("se former")

    def ready(self) -> None:
        from nuserus.directory.registry import register_follower
        from nuserus.learning import rules  # noqa: F401 (rules register themselves)
        from nuserus.learning.contributions import sheet_section
        from nuserus.practices.sections import SHEET_SECTIONS

        SHEET_SECTIONS.register("learning.concepts", position=40, render=sheet_section)
        for model in (
            "learning.Illustration",
            "learning.Resource",
        ):
            register_follower(model)
