from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunityConfig(AppConfig):
    name = "nuserus.community"
    label = "community"
    verbose_name = _("échanges entre pairs")

    def ready(self) -> None:
        from nuserus.community.actions.following import follow_device
        from nuserus.community.actions.replaying import register_replays
        from nuserus.community.contributions.notices import register_notices
        from nuserus.community.contributions.sections import discussion_section, questions_section
        from nuserus.community.queries.documents import KIND, question_document, questions_to_index
        from nuserus.community.rules import can_read_question
        from nuserus.devices.registry import register_merge_follower
        from nuserus.directory.registry import register_follower
        from nuserus.practices.sections import FOUND_SECTIONS, SHEET_SECTIONS
        from nuserus.search.registry import register_kind

        register_kind(KIND, rows=questions_to_index, document=question_document, rule=can_read_question)
        register_merge_follower("community.questions", follow_device)
        SHEET_SECTIONS.register("community.discussion", position=30, render=discussion_section)
        FOUND_SECTIONS.register("community.questions", position=10, render=questions_section)
        register_notices()
        register_replays()
        register_follower("community.Collection", label=_("Sélections du lieu"))
        register_follower("community.CollectionEntry")
