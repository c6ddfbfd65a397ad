"""What other apps say of fiches: gates, that may put one aside with a reason; and who was there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

MOST_WORDS = 600


@dataclass(frozen=True, slots=True)
class Candidate:
    """A fiche that is about to be kept. `filled_at` is what the device says, None when it says nothing."""

    instrument_id: UUID
    instance_id: str
    content: dict[str, Any]
    filled_at: datetime | None
    sent_by: UUID


@dataclass(frozen=True, slots=True)
class Hold:
    """Why a fiche is put aside: a short key and a sentence for the person."""

    reason: str
    words: str


Gate = Callable[[Candidate], Hold | None]

_gates: dict[str, Gate] = {}


def register_gate(key: str, gate: Gate) -> None:
    """Ask `gate` about each fiche, in the transaction that keeps it, as the person who sends it.

    A Hold puts the fiche aside: it is kept, and nobody works with it. Called from `AppConfig.ready`.
    """
    _gates[key] = gate


def forget_gate(key: str) -> None:
    """Take a gate away (tests)."""
    _gates.pop(key, None)


def hold_for(candidate: Candidate) -> Hold | None:
    """The first reason to put it aside, by the keys of the gates."""
    for key in sorted(_gates):
        hold = _gates[key](candidate)
        if hold is not None:
            return hold
    return None


@dataclass(frozen=True, slots=True, order=True)
class PersonThere:
    """A participant, and the place (the mission) where they take part."""

    person: UUID
    place: UUID


_people: dict[str, Callable[[UUID], set[PersonThere]]] = {}


def register_people(key: str, people: Callable[[UUID], set[PersonThere]]) -> None:
    """Say who was there, of a fiche, beside those whom it names itself. Called from `AppConfig.ready`."""
    _people[key] = people


def people_there(submission: UUID) -> set[PersonThere]:
    """Everybody whom the apps above know to have been there."""
    return {one for people in _people.values() for one in people(submission)}
