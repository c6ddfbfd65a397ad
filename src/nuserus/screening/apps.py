from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreeningConfig(AppConfig):
    name = "nuserus.screening"
    label = "screening"
    verbose_name = _("vérification avant envoi")

    def ready(self) -> None:
        from nuserus.screening import rules  # noqa: F401 (rules register themselves)
