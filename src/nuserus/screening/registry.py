"""What is screened: each app says how to read the texts of its objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from nuserus_analysis.screening import NOTHING_KNOWN, Known


@dataclass(frozen=True, slots=True)
class Told:
    """The texts of one object, by field, and what they may say without pointing at anybody.

    `author` and `mission` are the scope of what is kept about them; the mission is the object itself.
    """

    object_id: UUID
    author: UUID | None
    texts: Mapping[str, str] = field(default_factory=dict)
    known: Known = NOTHING_KNOWN


_sources: dict[str, Callable[[UUID], Told | None]] = {}


def register_screened(kind: str, told: Callable[[UUID], Told | None]) -> None:
    """Let the objects of a kind be screened. `told` reads one as the person who asks; None where they may not.

    Called from `AppConfig.ready`. Raises ValueError when the kind is taken.
    """
    if kind in _sources:
        raise ValueError(f"There is a source of {kind} already")
    _sources[kind] = told


def told_of(kind: str, object_id: UUID) -> Told | None:
    """The texts of one object. Raises KeyError for a kind that nobody registered."""
    return _sources[kind](object_id)
