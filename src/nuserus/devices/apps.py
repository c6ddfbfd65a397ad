from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevicesConfig(AppConfig):
    name = "nuserus.devices"
    label = "devices"
    verbose_name = _("matériel")

    def ready(self) -> None:
        from nuserus.devices import rules  # noqa: F401 (rules register themselves)
