"""Inventories, as far as the person who asks may know."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Deployment, Device
from nuserus.devices.rules import can_change_deployment, can_read_deployment
from nuserus.directory.models import Institution, Public
from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.people.models import Trade


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """A deployment in words: `why` is empty on what is public to all."""

    deployment: Deployment
    trades: list[str]
    publics: list[str]
    why: str
    may_change: bool


def deployments_visible_to(asking: Asking) -> QuerySet[Deployment]:
    """The deployments that the person may read, each with its device and family.

    A deployment of a device that the person may not read (proposed by somebody else, not yet
    answered) is left out by the join.
    """
    return can_read_deployment.filter(Deployment.objects.select_related("device__family"), asking)


def devices_in(institutions: Collection[UUID]) -> list[str]:
    """Slugs of the devices that these places have or had, as far as the person who asks may know."""
    if not institutions:
        return []
    held = Deployment.objects.filter(institution__in=institutions).exclude(stage=AppropriationStage.CONSIDERED)
    return list(held.order_by("device__slug").values_list("device__slug", flat=True).distinct())


def inventory_of(asking: Asking, institution: Institution) -> QuerySet[Deployment]:
    """What the person may read of the inventory of an institution, by family and name."""
    rows = deployments_visible_to(asking).filter(institution=institution)
    return rows.order_by("device__family__position", "device__name", "own_name", "id")


def deployments_of_device(asking: Asking, device: Device) -> QuerySet[Deployment]:
    """Where the device is, as far as the person may know, by name of place."""
    rows = deployments_visible_to(asking).filter(device=device)
    places = rows.select_related("institution__category", "institution__department")
    return places.order_by("institution__name", "id")


def devices_of_institutions(asking: Asking, institutions: Collection[UUID]) -> QuerySet[Device]:
    """The devices that these institutions have, as far as the person may know: "notre matériel"."""
    there = can_read_deployment.filter(Deployment.objects.order_by(), asking).filter(institution__in=institutions)
    devices = Device.objects.filter(pk__in=there.values("device"))
    return devices.select_related("family").order_by("name")


def lines_of(asking: Asking, deployments: Iterable[Deployment]) -> list[InventoryLine]:
    """The deployments in words; two queries whatever their number."""
    rows = list(deployments)
    trades = labels_of_trades({slug for row in rows for slug in row.used_by})
    publics = labels_of_publics({slug for row in rows for slug in row.with_publics})
    return [
        InventoryLine(
            deployment=row,
            trades=[trades[slug] for slug in row.used_by if slug in trades],
            publics=[publics[slug] for slug in row.with_publics if slug in publics],
            why="" if row.scope_level == Level.PUBLIC else can_read_deployment.why(asking, row),
            may_change=can_change_deployment.allows(asking, row),
        )
        for row in rows
    ]


def labels_of_trades(slugs: Collection[str]) -> dict[str, str]:
    """Slug → label of trades."""
    return dict(Trade.objects.filter(slug__in=slugs).values_list("slug", "label"))


def labels_of_publics(slugs: Collection[str]) -> dict[str, str]:
    """Slug → label of people accompanied."""
    return dict(Public.objects.filter(slug__in=slugs).values_list("slug", "label"))
