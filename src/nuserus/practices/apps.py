from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "nuserus.practices"
    label = "practices"
    verbose_name = _("fiches pratiques")

    def ready(self) -> None:
        from nuserus.devices.figures import register_device_figure
        from nuserus.devices.registry import register_merge_follower
        from nuserus.devices.sections import DEVICE_SECTIONS
        from nuserus.directory.registry import register_dependents, register_follower
        from nuserus.directory.sections import INSTITUTION_SECTIONS
        from nuserus.notifications.enums import Frequency
        from nuserus.notifications.registry import register_notice_kind
        from nuserus.practices.actions.following import follow_device
        from nuserus.practices.actions.freshness import STILL_VALID
        from nuserus.practices.actions.replaying import register_replays
        from nuserus.practices.actions.speaking import KIND as SPOKEN
        from nuserus.practices.actions.speaking import NOTICE, SpokenTelling, leaving_sentence
        from nuserus.practices.contributions import device_section, institution_section, sheets_in_words
        from nuserus.practices.queries.documents import KIND, sheet_document, sheets_at, sheets_to_index
        from nuserus.practices.queries.freshness import readable_sheets, still_valid_sentence
        from nuserus.practices.queries.notices import register_notices
        from nuserus.practices.queries.sheets import sheets_by_device
        from nuserus.practices.queries.told import KIND as SCREENED
        from nuserus.practices.queries.told import told_by_sheet
        from nuserus.practices.rules import can_read_sheet
        from nuserus.screening.registry import register_screened
        from nuserus.search.registry import register_kind
        from nuserus.voice.registry import register_place

        register_notices()
        register_replays()
        register_kind(KIND, rows=sheets_to_index, document=sheet_document, rule=can_read_sheet)
        register_dependents(sheets_at)
        DEVICE_SECTIONS.register("sheets", position=20, render=device_section)
        register_device_figure("sheets", position=20, count=sheets_by_device, words=sheets_in_words)
        register_merge_follower("sheets", follow_device)
        INSTITUTION_SECTIONS.register("sheets", position=20, render=institution_section)
        register_screened(SCREENED, told_by_sheet)
        register_place(SPOKEN, SpokenTelling())
        register_notice_kind(
            STILL_VALID,
            label=_("Une de vos fiches : toujours valable ?"),
            sentence=still_valid_sentence,
            default=Frequency.IMMEDIATE,
            readable=readable_sheets,
        )
        register_notice_kind(
            NOTICE,
            label=_("Un enregistrement de votre voix sera bientôt effacé"),
            sentence=leaving_sentence,
            default=Frequency.IMMEDIATE,
        )
        register_follower("practices.Sheet", "institution_id", label=_("Fiches"))
        register_follower("practices.Trial", "institution_id", "scope_institution", label=_("Essais ailleurs"))
        for model in (
            "practices.Contributor",
            "practices.Picture",
            "practices.Card",
            "practices.PlainReview",
            "practices.CardComment",
            "practices.Evaluation",
            "practices.SheetVersion",
            "practices.VersionContent",
        ):
            register_follower(model)
