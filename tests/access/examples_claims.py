"""Addresses of claims, of handing over and of what a place says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)


def claims_examples(world: World) -> Iterator[Example]:
    """On the place of the world, on the request that waits there, on its last correction."""
    from tests.access.examples import Example

    about = {
        "claim": world.place,
        "claim_code": world.place,
        "hand_over": world.place,
        "details": world.place,
        "check_referent": world.rows["directory.Membership"][0],
        "duplicate": world.rows["directory.DuplicateProposal"][0],
        "undo_correction": world.rows["directory.Correction"][0],
    }
    yield Example("directory:duplicates", "directory:duplicates", reverse("directory:duplicates"))
    for action, row in about.items():
        name = f"directory:{action}"
        yield Example(name, name, reverse(name, args=[row.pk]), reverse(name, args=[NOT_THERE]))
