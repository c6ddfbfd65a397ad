"""Where one may answer aloud: each app above says what its questions are and how a text gets into them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from nuserus.foundation.asking import Asking


@dataclass(frozen=True, slots=True)
class Target:
    """A field that a text may be added to, and what it holds now."""

    name: str
    label: str
    text: str


class Place(Protocol):
    """What can be answered aloud. Every method asks for the person who asks."""

    def may_speak(self, asking: Asking, about: UUID, question: str) -> bool:
        """Whether this person may answer this question now."""
        ...

    def address(self, about: UUID, question: str) -> str:
        """The page of the question."""
        ...

    def title(self, asking: Asking, about: UUID, question: str) -> str:
        """The question as a person reads it; for the one who spoke."""
        ...

    def targets(self, asking: Asking, about: UUID, question: str) -> list[Target]:
        """The fields of the question, in order."""
        ...

    def add(self, asking: Asking, about: UUID, question: str, target: str, text: str) -> None:
        """Add the text after what the field holds, as a save like another.

        Raises ValidationError in words (too long…), PermissionDenied or Unreadable.
        """
        ...

    def warn(self, speaker: UUID, about: UUID, question: str, days_left: int) -> None:
        """Tell who spoke that a recording will soon be deleted; in the caller's transaction."""
        ...


_places: dict[str, Place] = {}


def register_place(kind: str, place: Place) -> None:
    """Let the questions of an app be answered aloud. Called from `AppConfig.ready`."""
    if kind in _places:
        raise ValueError(f"There is a place {kind} already")
    _places[kind] = place


def place_of(kind: str) -> Place | None:
    """The place of a kind of thing; None for an unknown one."""
    return _places.get(kind)
