"""The text of an interview as one types it: a line per turn, its time and its voice before the words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final, Protocol

from nuserus_analysis.text import fold

# Who asks the questions, by the name that a transcript gives them; the first is offered.
INTERVIEWERS: Final = (
    "Chercheuse", "Chercheur", "Enquêtrice", "Enquêteur", "Animatrice", "Animateur", "Intervieweuse", "Intervieweur",
)  # fmt: skip
LONGEST_SPEAKER: Final = 80
LONGEST_TURN: Final = 20_000
_TIME = re.compile(r"\[?(\d{1,2}):(\d{2})(?::(\d{2}))?\]?[ \t\u00a0]+")
_VOICE = re.compile(r"([^:\n]{1,80}?)[ \t\u00a0\u202f]*:(?:[ \t\u00a0\u202f]+|$)")
_ONE_NAME = re.compile(r"[^\W\d_][\w’'.-]{0,30}(?: \d{1,3}| [^\W\d_]\.?)?")


@dataclass(frozen=True, slots=True)
class TypedTurn:
    """What one person says; `begins_ms` where the line says it."""

    speaker: str
    text: str
    begins_ms: int | None = None


class Turned(Protocol):
    """A turn as it is kept."""

    speaker: str
    text: str
    begins_ms: int | None


def is_interviewer(speaker: str) -> bool:
    """Whether the name says that this is who asks.

    >>> is_interviewer("chercheuse 2"), is_interviewer("Camille")
    (True, False)
    """
    return fold(speaker).rstrip(" 0123456789") in _FOLDED


_FOLDED: Final = frozenset(fold(word) for word in INTERVIEWERS)


def read_typed(text: str, voices: Collection[str] = ()) -> list[TypedTurn]:
    """The turns of what was typed.

    A line with a time begins a turn; so does one with the name of somebody of `voices` or of who asks. Other
    lines go on with the turn before.

    >>> read_typed("0:05 Camille : Bonjour.\\nOui : bien.", ["Camille"])
    [TypedTurn(speaker='Camille', text='Bonjour.\\nOui : bien.', begins_ms=5000)]
    """
    known = {fold(voice): voice for voice in voices}
    turns: list[tuple[str, int | None, list[str]]] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        begins, rest = _time_of(line.strip())
        speaker, words = _voice_of(rest, known, timed=begins is not None)
        if begins is None and not speaker and turns:
            turns[-1][2].append(words)
        elif words or speaker or begins is not None:
            turns.append((speaker, begins, [words]))
    made = (TypedTurn(who[:LONGEST_SPEAKER], _joined(lines), begins) for who, begins, lines in turns)
    return [turn for turn in made if turn.text]


def write_typed(turns: Iterable[Turned]) -> str:
    """The turns as one would type them; `read_typed` with the same voices gives them back."""
    lines = []
    for turn in turns:
        time = f"{clock(turn.begins_ms // 1000)} " if turn.begins_ms is not None else ""
        lines.append(f"{time}{turn.speaker} : {turn.text}" if turn.speaker else f"{time}{turn.text}")
    return "\n".join(lines)


def clock(seconds: int) -> str:
    """A moment of a recording, as a player shows it.

    >>> clock(65), clock(3725)
    ('1:05', '1:02:05')
    """
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"


def _time_of(line: str) -> tuple[int | None, str]:
    found = _TIME.match(f"{line} ")
    if found is None:
        return None, line
    first, second, third = int(found[1]), int(found[2]), found[3]
    seconds = first * 60 + second if third is None else first * 3600 + second * 60 + int(third)
    return seconds * 1000, line[found.end() :].strip()


def _voice_of(line: str, known: dict[str, str], *, timed: bool) -> tuple[str, str]:
    found = _VOICE.match(line)
    if found is None:
        return "", line
    said = " ".join(found[1].split())
    speaker = known.get(fold(said)) or (said if is_interviewer(said) or (timed and _ONE_NAME.fullmatch(said)) else "")
    return (speaker, line[found.end() :].strip()) if speaker else ("", line)


def _joined(lines: list[str]) -> str:
    return "\n".join(line for line in lines if line).strip()[:LONGEST_TURN]
