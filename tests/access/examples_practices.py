"""Addresses of versions, of readings, of who writes now, and of the yearly question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

from nuserus.practices.actions.freshness import link_for

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)


def versions_examples(world: World) -> Iterator[Example]:
    """Of a published sheet, of a draft and of one that was withdrawn."""
    from tests.access.examples import Example

    published, draft = world.rows["practices.Sheet"]
    gone = world.rows["practices.AbsentSheet"][0]
    cases = {"publiée": published.pk, "brouillon": draft.pk, "retirée": gone.pk}
    author = world.people["auteur"]
    assert author is not None

    def on(name: str, case: str, *more: object) -> Example:
        there, missing = (reverse(name, args=[sheet, *more]) for sheet in (cases[case], NOT_THERE))
        return Example(name, f"{name} · {case}", there, missing)

    for case in cases:
        yield on("sheets:history", case)
        yield on("sheets:compare", case)
        for name in ("sheets:version", "sheets:restore", "sheets:close_version"):
            yield on(name, case, 1)
    for case in ("publiée", "brouillon"):
        yield on("telling:plain_reading", case)
        yield on("telling:advice", case)
        yield on("telling:still_valid", case)
    for name in ("telling:present", "telling:before"):
        yield on(name, "brouillon", "intention")
    # the link is the author's: whoever holds it answers for them, and reads nothing but the sheet
    link = link_for(world.rows["practices.FreshnessCheck"][0], author.pk)
    forged = reverse("sheets:still_valid", args=["personne"])
    yield Example("sheets:still_valid", "sheets:still_valid", link, forged)
