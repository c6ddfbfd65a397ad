"""Addresses of the network view, of workbooks and of the merging of devices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)


def devices_examples(world: World) -> Iterator[Example]:
    """The whole network, the inventory of a place as a file, a workbook that waits, an address that moved."""
    from tests.access.examples import Example

    def on(name: str, case: str, *args: object, missing: tuple[object, ...] = ()) -> Example:
        name = f"devices:{name}"
        gone = reverse(name, args=missing) if missing else ""
        return Example(name, f"{name} · {case}" if case else name, reverse(name, args=args), gone)

    yield on("network", "")
    for form in ("xlsx", "csv"):
        yield on("export_all", form, form, missing=("pdf",))
        yield on("export", form, world.place.pk, form, missing=(NOT_THERE, form))
    for name in ("compare", "confirm", "workbook", "template"):
        yield on(name, "", world.place.pk, missing=(NOT_THERE,))
    upload = world.rows["devices.InventoryUpload"][0]
    yield on("upload", "", world.place.pk, upload.pk, missing=(world.place.pk, NOT_THERE))
    proposal, known = world.rows["devices.Device"]
    yield on("merge", "catalogue", known.slug)
    yield on("merge", "proposition", proposal.slug, missing=("proposition-autre-lampe",))
    yield on("device", "ancienne adresse", world.rows["devices.MergedDevice"][0].slug)
