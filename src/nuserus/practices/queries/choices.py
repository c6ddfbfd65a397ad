"""What a telling may choose among, nearest first: our devices, the people of our place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nuserus.devices.models import Device
from nuserus.devices.queries import accepted_devices, devices_of_institutions, devices_to_choose_from
from nuserus.directory.models import Public
from nuserus.directory.queries import institutions_by_id
from nuserus.foundation.asking import Asking
from nuserus.people.models import Trade
from nuserus_analysis.text import fold

MAX_FOUND = 12


@dataclass(frozen=True, slots=True)
class DeviceChoices:
    """Devices to tick: those already chosen, those of our places, those that were searched."""

    chosen: list[Device]
    ours: list[Device]
    found: list[Device]
    others: list[Device]


def device_choices(asking: Asking, chosen: Sequence[str], text: str = "") -> DeviceChoices:
    """The devices to offer, each once, in that order; `others` is the rest of the catalogue."""
    picked = list(devices_to_choose_from(asking).filter(slug__in=chosen))
    seen = {device.slug for device in picked}
    ours = [device for device in devices_of_institutions(asking, asking.institutions) if device.slug not in seen]
    seen |= {device.slug for device in ours}
    rest = [device for device in accepted_devices().order_by("name") if device.slug not in seen]
    found = [device for device in rest if text and _matches(device, text)][:MAX_FOUND]
    seen |= {device.slug for device in found}
    return DeviceChoices(picked, ours, found, [device for device in rest if device.slug not in seen])


def _matches(device: Device, text: str) -> bool:
    said = fold(" ".join([device.name, *device.aliases, device.family.label]))
    return all(word in said for word in fold(text).split())


def public_choices(asking: Asking) -> list[tuple[str, str]]:
    """People accompanied, those of the person's places first."""
    ours = {
        public.slug
        for institution in institutions_by_id(asking.institutions).prefetch_related("publics")
        for public in institution.publics.all()
    }
    listed = list(Public.objects.values_list("slug", "label"))
    return sorted(listed, key=lambda pair: pair[0] not in ours)


def trade_choices() -> list[tuple[str, str]]:
    """Trades in the order of their list, without those that left it."""
    return list(Trade.objects.filter(retired=False).values_list("slug", "label"))


def institution_choices(asking: Asking) -> list[tuple[str, str]]:
    """The places for which the person may tell."""
    return [(str(place.pk), place.name) for place in institutions_by_id(asking.institutions).order_by("name")]
