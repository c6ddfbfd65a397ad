"""Addresses of « Se former »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

PLAIN = ("learning:index", "learning:resources", "learning:propose", "learning:proposals")


def learning_examples(world: World) -> Iterator[Example]:
    """Reading, linking a sheet, answering a proposal."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in PLAIN:
        yield Example(name, name, reverse(name))
    yield _on("learning:concept", "", "mediation", missing=("rien",))
    yield _on("learning:session", "", "raconter-a-deux", missing=("rien",))
    published, draft = world.rows["practices.Sheet"]
    link = world.rows["learning.Illustration"][0]
    for case, sheet in (("publiée", published), ("brouillon", draft)):
        yield _on("learning:sheet", case, sheet.pk, missing=(NOT_THERE,))
    yield _on("learning:remove", "", published.pk, link.pk, missing=(NOT_THERE, NOT_THERE))
    proposed = world.rows["learning.Resource"][0]
    yield _on("learning:answer", "", proposed.pk, missing=(NOT_THERE,))
