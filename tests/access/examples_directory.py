"""Addresses of the imports of registers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

ON_AN_IMPORT = (
    "directory:import", "directory:import_progress", "directory:import_csv", "directory:import_again",
    "directory:import_undo",
)  # fmt: skip


def directory_examples(world: World) -> Iterator[Example]:
    """The list, the form, and what is read and done about one import."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in ("directory:imports", "directory:import_file"):
        yield Example(name, name, reverse(name))
    run = world.rows["directory.Import"][0]
    for name in ON_AN_IMPORT:
        yield _on(name, "", run.pk, missing=(NOT_THERE,))
