"""Addresses of the details of a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)


def screening_examples(world: World) -> Iterator[Example]:
    """The details of a draft and of a sheet in review, and the decision about one."""
    from tests.access.examples import Example

    for case, sheets, flags in (
        ("brouillon", world.rows["practices.Sheet"][1:2], world.rows["screening.Flag"]),
        ("en relecture", world.rows["practices.Sheet · en relecture"], world.rows["screening.Flag · en relecture"]),
    ):
        sheet, flag = sheets[0], flags[0]
        gone = reverse("details:list", args=[NOT_THERE])
        yield Example("details:list", f"details:list · {case}", reverse("details:list", args=[sheet.pk]), gone)
        gone = reverse("details:decide", args=[NOT_THERE, NOT_THERE])
        path = reverse("details:decide", args=[sheet.pk, flag.pk])
        yield Example("details:decide", f"details:decide · {case}", path, gone)
