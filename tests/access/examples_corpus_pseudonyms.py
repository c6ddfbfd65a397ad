"""Addresses of pseudonymisation and of the table of names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

ON_A_SOURCE = ("masking", "masking_look", "masking_decide", "masking_add", "masking_undo", "masking_finish")


def pseudonyms_examples(world: World) -> Iterator[Example]:
    """A source whose names were replaced, the tables of its study, the door to one of them."""
    from tests.access.examples import NOT_THERE, _on  # it imports us

    source_id = world.rows["corpus.Masking"][0].source_id
    for name in ON_A_SOURCE:
        yield _on(f"corpus:{name}", "", source_id, missing=(NOT_THERE,))
    study_id = world.rows["studies.Study"][0].pk
    for name in ("keys", "name_key_holder"):
        yield _on(f"corpus:{name}", "", study_id, missing=(NOT_THERE,))
    yield _on("corpus:open_key", "", world.rows["studies.StudyPlace"][0].pk, missing=(NOT_THERE,))
    yield _on("corpus:end_key_holder", "", world.rows["corpus.KeyHolder"][0].pk, missing=(NOT_THERE,))
