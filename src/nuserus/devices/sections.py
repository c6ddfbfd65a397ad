"""Sections of the page of a device, contributed by the apps above."""

from __future__ import annotations

from nuserus.devices.models import Device
from nuserus.ui.sections import Sections

DEVICE_SECTIONS: Sections[Device] = Sections()
