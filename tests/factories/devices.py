"""Rows of the catalogue and of the inventories for tests, written as the system."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Deployment, Device, DeviceFamily
from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account


def get_device(slug: str = "visioconference") -> Device:
    """A device of the catalogue that migrations load."""
    with as_system("test data"):
        return Device.objects.get(slug=slug)


def make_proposal(account: Account, name: str = "Lampe à message", **fields: Any) -> Device:
    """A device that the account proposed and nobody has answered."""
    with as_system("test data"):
        return Device.objects.create(
            slug=f"proposition-{name.lower().replace(' ', '-').replace('à', 'a')}",
            name=name,
            family=DeviceFamily.objects.get(slug="communication"),
            description="Une lampe qui s’allume quand un proche envoie un mot.",
            status=fields.pop("status", DeviceStatus.PROPOSED),
            proposed_by=account,
            proposed_at=timezone.now(),
            **fields,
        )


def make_deployment(
    institution: Institution,
    device: Device | None = None,
    *,
    level: Level = Level.INSTITUTION,
    **fields: Any,
) -> Deployment:
    """A line of the inventory of an institution, for its members only unless said otherwise."""
    with as_system("test data"):
        return Deployment.objects.create(
            institution=institution,
            device=device or Device.objects.get(slug="visioconference"),
            scope_level=level,
            **fields,
        )
