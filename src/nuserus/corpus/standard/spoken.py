"""A transcript as a list of turns, and the one text that they make together.

The text of a version is the words of its turns, one after the other, a line feed between two: every sign of it but
those line feeds belongs to one turn, and no name of a speaker stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from nuserus.corpus.standard.text import canonical

LONGEST_SPEAKER = 80
# « Mme B. : », « Enquêteur 2 : », « LÉA: » at the beginning of a line; never a whole sentence.
_LABEL = re.compile(
    r"(?P<who>[^\W\d_][^\n:.!?;«»“”]{0,38}(?:\.[^\n:!?;«»“”]{0,12})?)[ \t\u00a0\u202f]*:(?=[\s\u00a0\u202f]|$)"
)
_MOST_WORDS_IN_LABEL = 4


@dataclass(frozen=True, slots=True)
class Spoken:
    """What one person says before another speaks. `speaker` is "" when it is not told."""

    speaker: str
    words: str
    begins_ms: int | None = None
    ends_ms: int | None = None
    participant: UUID | None = None
    interviewer: bool = False
    withheld_at: datetime | None = None


class ReadTurn(Protocol):
    """A turn as a reader of files gives it."""

    @property
    def speaker(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def begins_ms(self) -> int | None: ...
    @property
    def ends_ms(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The text of the turns and where each of them is: code points, half-open."""

    text: str
    spans: list[tuple[int, int]]


def lay_out(turns: Iterable[Spoken]) -> LaidOut:
    """The text that the turns make.

    >>> lay_out([Spoken("A", "Oui."), Spoken("B", "Non.")])
    LaidOut(text='Oui.\\nNon.', spans=[(0, 4), (5, 9)])
    """
    at, parts, spans = 0, [], []
    for turn in turns:
        parts.append(turn.words)
        spans.append((at, at + len(turn.words)))
        at += len(turn.words) + 1
    return LaidOut("\n".join(parts), spans)


def speaker_at(line: str) -> tuple[str, str] | None:
    """The speaker that a line begins with, and the rest of the line; None when it goes on.

    >>> speaker_at("Léa : Oui, ça va."), speaker_at("Il a dit : non merci à tous")
    (('Léa', 'Oui, ça va.'), ('Il a dit', 'non merci à tous'))
    >>> speaker_at("Voici ce que je leur ai dit hier soir : non") is None
    True
    """
    found = _LABEL.match(line)
    if found is None:
        return None
    who = " ".join(found["who"].split())
    if len(who.split(" ")) > _MOST_WORDS_IN_LABEL:
        return None
    return who, line[found.end() :].strip()


def from_typed(text: str) -> list[Spoken]:
    """The turns of what somebody typed: « NOM : … » begins one; without any such line, each paragraph is one.

    What stands before the first name has no speaker. A line that begins with a blank never begins a turn.
    """
    lines = [line.rstrip() for line in canonical(text).split("\n")]
    begun = [None if line[:1] in {" ", "\t"} else speaker_at(line) for line in lines]
    if not any(begun):
        return from_paragraphs(text)
    turns: list[tuple[str, list[str]]] = []
    for line, start in zip(lines, begun, strict=True):
        if start is not None:
            turns.append((start[0], [start[1]]))
        elif turns:
            turns[-1][1].append(line.strip())
        else:
            turns.append(("", [line.strip()]))
    made = (Spoken(who[:LONGEST_SPEAKER], canonical("\n".join(words))) for who, words in turns)
    return [turn for turn in made if turn.words or turn.speaker]


def from_paragraphs(text: str) -> list[Spoken]:
    """Each paragraph as a turn without a speaker: writings, notes on a film."""
    return [Spoken("", part.strip()) for part in canonical(text).split("\n\n") if part.strip()]


def from_read(text: str, turns: Sequence[ReadTurn]) -> list[Spoken]:
    """The turns that a reader found in a file; what stands between two of them, but names and blanks, is kept.

    Without turns, each paragraph is one.
    """
    if not turns:
        return from_paragraphs(text)
    made: list[Spoken] = []
    at = 0
    for turn in sorted(turns, key=lambda one: (one.start, one.end)):
        made += _between(text[at : max(at, turn.start)], {one.speaker for one in turns})
        words = canonical(text[max(at, turn.start) : turn.end])
        speaker = " ".join(turn.speaker.split())[:LONGEST_SPEAKER]
        if speaker and words:
            made.append(Spoken(speaker, words, turn.begins_ms, turn.ends_ms))
        elif words:
            made += [replace(part, begins_ms=turn.begins_ms, ends_ms=turn.ends_ms) for part in from_paragraphs(words)]
        at = max(at, turn.end)
    return [*made, *_between(text[at:], {one.speaker for one in turns})]


def _between(text: str, speakers: set[str]) -> list[Spoken]:
    """What no turn holds, unless it is the name that the next turn already tells."""
    kept = canonical(text)
    if not kept or kept.rstrip(" :\u00a0\u202f[]()") in speakers:
        return []
    return from_paragraphs(kept)


def to_typed(turns: Iterable[Spoken]) -> str:
    """The turns as somebody would type them; `from_typed` gives them back."""
    written = []
    for turn in turns:
        first, *others = turn.words.split("\n")
        label = f"{turn.speaker} : " if turn.speaker else ""
        if not label and speaker_at(first):
            first = f" {first}"
        written.append("\n".join([f"{label}{first}", *(f" {line}" if speaker_at(line) else line for line in others)]))
    return "\n\n".join(written)


def retold(before: Sequence[Spoken], after: Iterable[Spoken], came_from: Sequence[int | None]) -> list[Spoken]:
    """The new turns with what was known of those they come from (`came_from`: a rank in `before`, or None).

    Who speaks follows the name: the same name is the same person; times and what is put aside follow the turn.
    """
    known = {turn.speaker: turn for turn in before if turn.participant or turn.interviewer}
    told = []
    for turn, rank in zip(after, came_from, strict=True):
        old = before[rank] if rank is not None else None
        same = old if old is not None and old.speaker == turn.speaker else known.get(turn.speaker)
        told.append(
            replace(
                turn,
                begins_ms=old.begins_ms if old else None,
                ends_ms=old.ends_ms if old else None,
                participant=same.participant if same else None,
                interviewer=bool(same and same.interviewer),
                withheld_at=old.withheld_at if old else None,
            )
        )
    return told
