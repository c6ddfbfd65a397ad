"""The catalogue, as far as the person who asks may know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.figures import DeviceFigure, device_figures
from nuserus.devices.models import Deployment, Device, DeviceFamily, MergedDevice
from nuserus.devices.rules import can_read_deployment, can_read_device, can_read_merged_device
from nuserus.foundation.asking import Asking
from nuserus_analysis.text import fold


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A device and what is counted about it."""

    device: Device
    figures: list[str]


@dataclass(frozen=True, slots=True)
class CatalogueFamily:
    """A family that has devices, and its lines by name."""

    family: DeviceFamily
    lines: list[CatalogueLine]


def accepted_devices() -> QuerySet[Device]:
    """The devices of the catalogue, with their family."""
    return Device.objects.filter(status=DeviceStatus.ACCEPTED).select_related("family")


def devices_to_choose_from(asking: Asking) -> QuerySet[Device]:
    """The catalogue, and what the person herself proposed: what she may say a place has."""
    own = can_read_device.filter(Device.objects.all(), asking).filter(
        status=DeviceStatus.PROPOSED, proposed_by=asking.user_id
    )
    chosen = Device.objects.filter(status=DeviceStatus.ACCEPTED) | own
    return chosen.select_related("family").order_by("family__position", "name")


def devices_named(name: str) -> QuerySet[Device]:
    """The devices of the catalogue of that name, whatever its accents and case."""
    return accepted_devices().filter(folded=fold(name.strip()))


def device_readable(asking: Asking) -> QuerySet[Device]:
    """The devices that have a page for this person: catalogue, own proposals, all for moderators."""
    return can_read_device.filter(Device.objects.select_related("family"), asking)


def merged_into(asking: Asking, slug: str) -> Device | None:
    """The device of the catalogue that took the place of the one that had this address."""
    rows = can_read_merged_device.filter(MergedDevice.objects.select_related("kept"), asking)
    merged = rows.filter(slug=slug).first()
    return merged.kept if merged else None


def own_proposals(asking: Asking) -> QuerySet[Device]:
    """What the person proposed and is not in the catalogue, latest first."""
    if asking.user_id is None:
        return Device.objects.none()
    return (
        device_readable(asking)
        .filter(proposed_by=asking.user_id)
        .exclude(status=DeviceStatus.ACCEPTED)
        .order_by("-proposed_at")
    )


def proposals_to_answer(asking: Asking) -> QuerySet[Device]:
    """Proposals that wait, for a moderator, oldest first; nothing for anybody else."""
    if "moderator" not in asking.roles:
        return Device.objects.none()
    return (
        device_readable(asking)
        .filter(status=DeviceStatus.PROPOSED)
        .select_related("family", "proposed_by")
        .order_by("proposed_at")
    )


def catalogue_by_family(asking: Asking, text: str = "") -> list[CatalogueFamily]:
    """The catalogue by family, in the order of families, with the figures of each device.

    `text` keeps the devices whose name, other names or family have every word.
    """
    devices = [device for device in accepted_devices().order_by("name") if _matches(device, text)]
    counted = _counted(asking, device_figures())
    families: dict[UUID, CatalogueFamily] = {}
    for device in sorted(devices, key=lambda device: device.family.position):
        group = families.setdefault(device.family_id, CatalogueFamily(device.family, []))
        figures = [figure.words(count[device.pk]) for figure, count in counted if device.pk in count]
        group.lines.append(CatalogueLine(device, figures))
    return list(families.values())


def places_using(asking: Asking) -> dict[UUID, int]:
    """For each device, in how many places the person may know that it is."""
    rows = can_read_deployment.filter(Deployment.objects.all(), asking).order_by()
    counts = rows.values("device").annotate(places=Count("institution", distinct=True))
    return {row["device"]: row["places"] for row in counts}


def _counted(asking: Asking, figures: Collection[DeviceFigure]) -> list[tuple[DeviceFigure, dict[UUID, int]]]:
    return [(figure, dict(figure.count(asking))) for figure in figures]


def _matches(device: Device, text: str) -> bool:
    """The whole catalogue is on the page, so its words are compared here."""
    said = fold(" ".join([device.name, *device.aliases, device.family.label]))
    return all(word in said for word in fold(text).split())
