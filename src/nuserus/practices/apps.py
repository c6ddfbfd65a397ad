from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "nuserus.practices"
    label = "practices"
    verbose_name = _("fiches pratiques")

    def ready(self) -> None:
        from nuserus.practices import rules  # noqa: F401 (rules register themselves)
