from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "nuserus.search"
    label = "search"
    verbose_name = _("recherche")

    def ready(self) -> None:
        from nuserus.search import rules  # noqa: F401 (rules register themselves)
