from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    name = "nuserus.instruments"
    label = "instruments"
    verbose_name = _("grilles et questionnaires")

    def ready(self) -> None:
        from nuserus.consent.provenance import register_redactor
        from nuserus.directory.registry import register_follower
        from nuserus.instruments import rules  # noqa: F401 (rules register themselves)
        from nuserus.instruments.actions.withdrawing import MODELS, REDACTOR, take_fiches_back
        from nuserus.instruments.actions.withdrawn import hold_withdrawn
        from nuserus.instruments.registry import register_gate

        register_gate("withdrawn", hold_withdrawn)
        register_redactor(REDACTOR, models=MODELS, redact=take_fiches_back)

        both = ("institution_id", "scope_institution")
        register_follower("instruments.Instrument", *both, label=_("Grilles et questionnaires"))
        for model in (
            "instruments.InstrumentVersion",
            "instruments.Remark",
            "instruments.SubmittedFile",
        ):
            register_follower(model)
