"""What the apps above keep about institutions, and that a change of the directory has to reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from uuid import UUID

Found = tuple[str, UUID]
Finder = Callable[[Sequence[UUID]], Iterator[Found]]

_finders: list[Finder] = []


def register_dependents(finder: Finder) -> None:
    """Let what the index says of these objects follow their institution. Called from `AppConfig.ready`.

    `finder` gives (kind of the index, id) of all that tells of one of these institutions.
    """
    _finders.append(finder)


def dependents_of(institutions: Sequence[UUID]) -> Iterator[Found]:
    """Everything that tells of one of these institutions, as the index names it."""
    for finder in _finders:
        yield from finder(institutions)
