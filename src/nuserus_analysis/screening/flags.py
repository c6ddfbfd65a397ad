"""What a screening gives: flags, each a span of the text, its kind, and a wording to put instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a detail is. The value is the word of the test sets and of the database."""

    NAME = "name"
    INITIALS = "initials"
    DATE = "date"
    AGE = "age"
    ROOM = "room"
    TELEPHONE = "telephone"
    EMAIL = "email"
    NIR = "nir"
    ADDRESS = "address"

    @property
    def is_direct(self) -> bool:
        """Whether it points at one person by itself, without anything else known."""
        return self not in {Kind.DATE, Kind.AGE}


class Confidence(StrEnum):
    """How sure it is that the words are what the kind says."""

    SURE = "sure"
    LIKELY = "likely"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open offsets in code points: the words are `text[start:end]`."""

    start: int
    end: int

    def overlaps(self, other: Span | Flag) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Proposal:
    """A neutral wording and the span it takes the place of, which holds the flag.

    It may reach further than the flag: « le 12 mars 2024 » becomes « en mars 2024 ».
    """

    start: int
    end: int
    wording: str


@dataclass(frozen=True, slots=True)
class Flag:
    """One detail of a text, with what may stand in its place."""

    kind: Kind
    start: int
    end: int
    confidence: Confidence
    proposal: Proposal

    def words(self, text: str) -> str:
        """The words of the text that are flagged."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Found:
    """What one rule found, before the rules are put together."""

    kind: Kind
    start: int
    end: int
    confidence: Confidence = Confidence.SURE
