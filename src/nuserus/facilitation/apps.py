from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FacilitationConfig(AppConfig):
    name = "nuserus.facilitation"
    label = "facilitation"
    verbose_name = _("raconter à quelqu’un")

    def ready(self) -> None:
        from nuserus.directory.registry import register_follower
        from nuserus.facilitation.actions.ending import register_matters
        from nuserus.facilitation.actions.notices import register_kinds
        from nuserus.facilitation.actions.replaying import register_replays
        from nuserus.facilitation.contributions import start_section, telling_section
        from nuserus.facilitation.queries.leaving import lacks_before_leaving
        from nuserus.facilitation.queries.tellings import quotations_on
        from nuserus.practices.registry import TELLING_SECTIONS, register_lack, register_quotations
        from nuserus.practices.sections import START_SECTIONS

        register_matters()
        register_kinds()
        register_replays()
        register_lack(lacks_before_leaving)
        register_quotations(quotations_on)
        START_SECTIONS.register("facilitation", position=10, render=start_section)
        TELLING_SECTIONS.register("facilitation", position=10, render=telling_section)
        register_follower("facilitation.PersonWords")
