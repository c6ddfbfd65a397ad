"""A workbook that waits, and a device that was merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.devices.models import InventoryUpload, MergedDevice
from tests.factories.devices import get_device, make_merged, make_upload

if TYPE_CHECKING:
    from tests.access.world import World

UPLOADED = "CANARI-CLASSEUR"
DEVICES_MODELS = (InventoryUpload, MergedDevice)


def add_devices(world: World) -> None:
    """The referent of the place sent a workbook: nobody else reads it, not even another referent."""
    referent = world.people["référent du lieu"]
    assert referent is not None
    world.keep(make_upload(world.place, referent, device=f"{UPLOADED} lampe", file_name=f"{UPLOADED}.xlsx"))
    world.keep(make_merged("ancienne-visio", get_device()))
    world.readers[UPLOADED] = {"référent du lieu"}
