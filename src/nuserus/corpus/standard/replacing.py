"""Replacing passages of a text: the new text, and where everything else went, exactly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replacement:
    """``text[start:end]`` becomes `shown`. Code points, half-open."""

    start: int
    end: int
    shown: str


class Replaced:
    """A text after replacements that do not overlap: `text`, and `at` for every place outside of them.

    >>> done = Replaced("Karine rit.", [Replacement(0, 6, "Rose")])
    >>> done.text, done.at(6), done.at(10), done.span_of(0)
    ('Rose rit.', 4, 8, (0, 4))
    """

    def __init__(self, text: str, replacements: Iterable[Replacement]) -> None:
        self.replacements: Sequence[Replacement] = sorted(replacements, key=lambda one: (one.start, one.end))
        parts: list[str] = []
        self._ends: list[int] = []
        self._shifts: list[int] = [0]
        self._spans: list[tuple[int, int]] = []
        at = length = 0
        for one in self.replacements:
            if not at <= one.start < one.end <= len(text):
                raise ValueError(f"{one.start}–{one.end} overlaps another replacement, or is not in the text")
            parts += [text[at : one.start], one.shown]
            length += one.start - at
            self._spans.append((length, length + len(one.shown)))
            length += len(one.shown)
            at = one.end
            self._ends.append(at)
            self._shifts.append(length - at)
        self.text = "".join([*parts, text[at:]])

    def at(self, place: int) -> int:
        """Where a place of the old text is; the end of a replacement is the end of what is shown instead."""
        return place + self._shifts[bisect_right(self._ends, place)]

    def span_of(self, rank: int) -> tuple[int, int]:
        """Where the replacement of this rank, in the order of the text, is shown."""
        return self._spans[rank]

    def touches(self, start: int, end: int) -> bool:
        """Whether a passage of the old text lost some of its words."""
        rank = bisect_right(self._ends, start)
        return rank < len(self.replacements) and self.replacements[rank].start < end


def apart(replacements: Iterable[Replacement]) -> list[Replacement]:
    """Those that overlap none before them, the longest first at one place."""
    kept: list[Replacement] = []
    for one in sorted(replacements, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
