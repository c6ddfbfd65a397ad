"""Addresses of grids and questionnaires."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)
PLAIN = (
    "instruments:list", "instruments:start", "instruments:model", "instruments:tablets", "filling:shell",
    "filling:worker", "filling:manifest", "filling:state", "filling:send", "openrosa:form_list", "openrosa:submission",
)  # fmt: skip
ON_ONE = ("instrument", "new_version", "readers", "fiches")
ON_A_VERSION = (
    "version", "workbook", "xform", "participants", "changes", "trial", "checked", "publish", "withdraw", "remark", "agreed_version",
)  # fmt: skip


def instruments_examples(world: World) -> Iterator[Example]:
    """A grid in discussion, one that is published with what was answered to it, and one of a study, that lists people."""
    from tests.access.examples import Example

    def on(name: str, case: str, *args: object, missing: tuple[object, ...] = ()) -> Example:
        gone = reverse(name, args=missing) if missing else ""
        return Example(name, f"{name} · {case}" if case else name, reverse(name, args=args), gone)

    for name in PLAIN:
        yield on(name, "")
    for case, version in zip(
        ("en discussion", "publiée", "d’une étude"), world.rows["instruments.InstrumentVersion"], strict=True
    ):
        one = version.instrument_id
        for name in ON_ONE:
            yield on(f"instruments:{name}", case, one, missing=(NOT_THERE,))
        for name in ON_A_VERSION:
            yield on(f"instruments:{name}", case, one, 1, missing=(NOT_THERE, 1))
        for name in ("form", "manifest", "participants"):
            yield on(f"openrosa:{name}", case, one, 1, missing=(NOT_THERE, 1))
    [remark] = world.rows["instruments.Remark"]
    for name in ("decide", "take_back"):
        yield on(f"instruments:{name}", "", remark.instrument_id, remark.pk, missing=(remark.instrument_id, NOT_THERE))
    author = world.people["auteur"]
    assert author is not None
    grid = world.rows["instruments.Instrument"][0].pk
    yield on("instruments:stop_reader", "", grid, author.pk, missing=(NOT_THERE, author.pk))
    cases = zip(("reçue", "de côté"), world.rows["instruments.Submission"], strict=True)
    for case, fiche in cases:
        for name in ("fiche", "raw", "accept"):
            yield on(
                f"instruments:{name}", case, fiche.instrument_id, fiche.pk, missing=(fiche.instrument_id, NOT_THERE)
            )
    [file] = world.rows["instruments.SubmittedFile"]
    fiche = world.rows["instruments.Submission"][0]
    at = (fiche.instrument_id, fiche.pk)
    yield on("instruments:file", "", *at, file.pk, missing=(*at, NOT_THERE))
    [tablet] = world.rows["instruments.Tablet"]
    yield on("instruments:stop_tablet", "", tablet.pk, missing=(NOT_THERE,))
