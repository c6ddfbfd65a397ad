"""Inventories, as far as the person who asks may know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from nuserus.devices.enums import FRESH_DAYS, AppropriationStage, DeviceStatus
from nuserus.devices.models import Deployment, Device
from nuserus.devices.rules import can_change_deployment, can_read_deployment
from nuserus.directory.models import Institution, Public
from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.people.models import Trade

# Dimensions of the network → the column of a line.
_COLUMNS = {
    "family": "device__family__slug",
    "device": "device__slug",
    "category": "institution__category__code",
    "region": "institution__department__region",
    "department": "institution__department__code",
    "operator": "institution__operator",
    "stage": "stage",
}


@dataclass(frozen=True, slots=True)
class InventoryLine:
    """A deployment in words: `why` is empty on what is public to all."""

    deployment: Deployment
    trades: list[str]
    publics: list[str]
    why: str
    may_change: bool

    @property
    def is_stale(self) -> bool:
        """Nobody confirmed it for a year."""
        return self.deployment.last_checked <= _a_year_ago()


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


def lines_to_export(asking: Asking, chosen: Mapping[str, str] | None = None) -> QuerySet[Deployment]:
    """Every line that the person may read, by place and name, within a choice of dimensions of the network."""
    rows = deployments_visible_to(asking).filter(device__status=DeviceStatus.ACCEPTED)
    for dimension, value in (chosen or {}).items():
        rows = rows.filter(**{_COLUMNS[dimension]: value})
    places = rows.select_related("institution__category", "institution__department")
    return places.order_by("institution__name", "institution", "device__family__position", "device__name", "id")


def to_confirm(asking: Asking, institution: Institution) -> QuerySet[Deployment]:
    """The lines of a place that nobody confirmed for a year, for one of its referents; none for anybody else."""
    if institution.pk not in asking.managed:
        return Deployment.objects.none()
    return inventory_of(asking, institution).filter(last_checked__lte=_a_year_ago())


def to_confirm_by_place(asking: Asking) -> list[tuple[Institution, int]]:
    """The places of a referent that have lines to confirm, and how many."""
    if not asking.managed:
        return []
    rows = deployments_visible_to(asking).filter(institution__in=asking.managed, last_checked__lte=_a_year_ago())
    numbers = dict(rows.order_by().values_list("institution").annotate(number=Count("pk")))
    places = Institution.objects.filter(pk__in=numbers).order_by("name", "pk")
    return [(place, numbers[place.pk]) for place in places]


def _a_year_ago() -> date:
    return timezone.localdate() - timedelta(days=FRESH_DAYS)


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
