"""Addresses of the corpus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

ON_A_STUDY = ("list", "add")
ON_A_SOURCE = ("source", "describe", "advance", "speakers", "text", "excerpts", "versions")
ON_AN_EXCERPT = ("confirm", "remove_excerpt")


def corpus_examples(world: World) -> Iterator[Example]:
    """The list of a study, a source that is ready, one of its turns, its last version, its passage."""
    from tests.access.examples import NOT_THERE, _on  # it imports us

    study = world.rows["studies.Study"][0]
    for name in ON_A_STUDY:
        yield _on(f"corpus:{name}", "", study.pk, missing=(NOT_THERE,))
    source = world.rows["corpus.Source"][0]
    for name in ON_A_SOURCE:
        yield _on(f"corpus:{name}", "", source.pk, missing=(NOT_THERE,))
    for name, number in (("turn", 2), ("pick", 2), ("version", 2)):
        yield _on(f"corpus:{name}", "", source.pk, number, missing=(source.pk, 999))
    for name in ON_AN_EXCERPT:
        yield _on(f"corpus:{name}", "", world.rows["corpus.Excerpt"][0].pk, missing=(NOT_THERE,))
