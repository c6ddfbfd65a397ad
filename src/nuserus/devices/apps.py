from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DevicesConfig(AppConfig):
    name = "nuserus.devices"
    label = "devices"
    verbose_name = _("matériel")

    def ready(self) -> None:
        from nuserus.devices import rules  # noqa: F401 (rules register themselves)
        from nuserus.devices.contributions import inventory_section, lines_to_confirm, places_in_words
        from nuserus.devices.figures import register_device_figure
        from nuserus.devices.queries import places_using
        from nuserus.directory.registry import register_follower
        from nuserus.directory.sections import INSTITUTION_SECTIONS
        from nuserus.notifications.registry import register_digest_section

        register_digest_section("devices.to_confirm", 30, lines_to_confirm, heading=_("Toujours exact ?"))
        INSTITUTION_SECTIONS.register("devices.inventory", position=10, render=inventory_section)
        register_device_figure("devices.places", position=10, count=places_using, words=places_in_words)
        register_follower("devices.Deployment", "institution_id", "scope_institution", label=_("Lignes d’inventaire"))
        register_follower("devices.InventoryUpload", "institution_id", "scope_institution")
        register_follower("devices.Device")
