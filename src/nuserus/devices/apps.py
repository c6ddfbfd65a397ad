from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevicesConfig(AppConfig):
    name = "nuserus.devices"
    label = "devices"
    verbose_name = _("matériel")

    def ready(self) -> None:
        from nuserus.devices import rules  # noqa: F401 (rules register themselves)
        from nuserus.devices.contributions import inventory_section, places_in_words
        from nuserus.devices.figures import register_device_figure
        from nuserus.devices.queries import places_using
        from nuserus.directory.sections import INSTITUTION_SECTIONS

        INSTITUTION_SECTIONS.register("devices.inventory", position=10, render=inventory_section)
        register_device_figure("devices.places", position=10, count=places_using, words=places_in_words)
