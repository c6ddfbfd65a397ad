"""Cutting a text into pieces of comparable length, the elementary contexts that vocabularies are compared in.

A piece has 40 words, 24 to 56 where the text allows; among the places where it may end, it ends where
weight/(distance + 1) is largest: weight of the strongest sign after the word (`.?!…` 6, `:` 5, `;` 4,
`,` 1, none 0.01), distance in words from the wanted length; the earlier of two equal places. Nothing
shorter than 24 words is left behind. Or: whole sentences; or the whole turn of a speaker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from nuserus_analysis.plain.sentences import sentences_in
from nuserus_analysis.text.occurrences import Kind, Occurrence, is_counted

WEIGHTS: Final = {".": 6.0, "?": 6.0, "!": 6.0, "…": 6.0, ":": 5.0, ";": 4.0, ",": 1.0}
NO_SIGN: Final = 0.01
WORDS: Final = 40
TOLERANCE: Final = 0.4
_OPENING: Final = frozenset("«([{“‘—–-•")


class Cutting(StrEnum):
    """What a piece is."""

    WORDS = "words"
    SENTENCES = "sentences"
    TURNS = "turns"


@dataclass(frozen=True, slots=True)
class Piece:
    """Occurrences `first` to `last` (half-open) of a text."""

    first: int
    last: int


def bounds(words: int = WORDS) -> tuple[int, int]:
    """The shortest and the longest piece for a wanted length in words.

    >>> bounds(40)
    (24, 56)
    """
    return max(1, round(words * (1 - TOLERANCE))), max(1, round(words * (1 + TOLERANCE)))


def cut(read: Sequence[Occurrence], *, words: int = WORDS) -> list[Piece]:
    """Pieces of about so many words that tile the occurrences of one turn.

    Signs stay with the word before them, opening ones with the word after. Raises ValueError for no word.
    """
    if words < 1:
        raise ValueError("A piece has one word at least")
    counted = [place for place, found in enumerate(read) if is_counted(found)]
    if not counted:
        return []
    shortest, longest = bounds(words)
    ends: list[int] = []
    done = 0
    while len(counted) - done > longest:
        furthest = min(longest, max(len(counted) - done - shortest, shortest))
        done += max(
            range(shortest, furthest + 1),
            key=lambda many: (_weight(read, counted, done + many) / (abs(many - words) + 1), -many),
        )
        ends.append(_end(read, counted, done))
    return _tiled([*ends, len(read)])


def cut_sentences(text: str, read: Sequence[Occurrence]) -> list[Piece]:
    """One piece for each sentence of `text`, whose occurrences are `read`; offsets count from its beginning."""
    starts = [sentence.start for sentence in sentences_in(text)]
    ends: list[int] = []
    for place, found in enumerate(read):
        if len(ends) + 1 < len(starts) and found.start >= starts[len(ends) + 1]:
            ends.append(place)
    pieces = _tiled([*ends, len(read)])
    return [piece for piece in pieces if any(map(is_counted, read[piece.first : piece.last]))]


def _tiled(ends: list[int]) -> list[Piece]:
    starts = [0, *ends[:-1]]
    return [Piece(first, last) for first, last in zip(starts, ends, strict=True) if last > first]


def _weight(read: Sequence[Occurrence], counted: list[int], many: int) -> float:
    """The strongest sign after the first `many` words."""
    after = range(counted[many - 1] + 1, counted[many] if many < len(counted) else len(read))
    return max((WEIGHTS.get(read[place].text[0], NO_SIGN) for place in after), default=NO_SIGN)


def _end(read: Sequence[Occurrence], counted: list[int], many: int) -> int:
    """Where the piece ends: after the signs that follow its last word, before those that open the next."""
    end, stop = counted[many - 1] + 1, counted[many] if many < len(counted) else len(read)
    while end < stop and read[end].kind == Kind.SIGN and not _opens(read, end):
        end += 1
    return end


def _opens(read: Sequence[Occurrence], place: int) -> bool:
    sign = read[place]
    return sign.text[0] in _OPENING or (sign.text == '"' and sign.start > read[place - 1].end)
