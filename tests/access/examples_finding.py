"""Addresses of the search for a place: map, places of help, contact cards. All of it is public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World


def finding_examples(world: World) -> Iterator[Example]:
    """One place of help, and what is public of an institution."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    place = world.help_place
    assert place is not None
    yield _on("directory:place", "", place.pk, missing=(NOT_THERE,))
    yield _on("directory:place_card", "", place.pk, missing=(NOT_THERE,))
    yield _on("directory:institution_card", "", world.place.pk, missing=(NOT_THERE,))
    yield Example("map:page", "map:page", reverse("map:page"))
    yield Example("map:points", "map:points", reverse("map:points") + "?boite=4,43,6,45&zoom=9")
    yield Example("map:around", "map:around", reverse("map:around") + "?carre=11-1051-746")
