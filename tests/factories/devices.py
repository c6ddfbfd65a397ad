"""Rows of the catalogue and of the inventories for tests, written as the system."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Deployment, Device, DeviceFamily, InventoryUpload, MergedDevice
from nuserus.devices.workbooks.layout import COLUMNS, SHEET
from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.directory import make_institution


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


def make_merged(slug: str, kept: Device) -> MergedDevice:
    """An address that leads to a device that was kept."""
    with as_system("test data"):
        return MergedDevice.objects.create(slug=slug, name="Ancienne visio", kept=kept, scope_level=Level.PUBLIC)


def make_workbook(*rows: Mapping[str, object], sheet: str = SHEET) -> bytes:
    """A filled-in workbook: each row by the names of the columns."""
    book = Workbook()
    for given in list(book.worksheets):
        book.remove(given)
    filled = book.create_sheet(sheet)
    filled.append([column.header for column in COLUMNS])
    for row in rows:
        filled.append([row.get(column.name) for column in COLUMNS])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def make_upload(
    institution: Institution, account: Account, *, device: str = "Visioconférence", file_name: str = "inventaire.xlsx"
) -> InventoryUpload:
    """A workbook of one line that waits for the decision of who sent it."""
    content = make_workbook({"device": device, "scope_level": "notre lieu seulement"})
    with as_system("test data"):
        return InventoryUpload.objects.create(
            institution=institution, uploaded_by=account, file_name=file_name, content=content
        )


def make_hidden(number: int, device: Device, *, level: Level = Level.INSTITUTION, **place: Any) -> list[Deployment]:
    """So many new places that have the device, each with one line of that level."""
    return [make_deployment(make_institution(**place), device, level=level, stage="essai") for _ in range(number)]
