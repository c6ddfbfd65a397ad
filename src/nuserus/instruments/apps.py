from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    name = "nuserus.instruments"
    label = "instruments"
    verbose_name = _("grilles et questionnaires")

    def ready(self) -> None:
        from nuserus.instruments import rules  # noqa: F401 (rules register themselves)
