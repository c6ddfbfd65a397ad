"""Who speaks, in lines that say it: « Marie : Bonjour. », « S01: [00:00:12] … », « Marie Dupont 0:03 ».

Any line may begin with a word and a colon. A word is taken for somebody who speaks when it comes back with
another one, when it is of the kind that programs and guides write (« SPEAKER_00 », « Enquêtrice »), when it is in
capitals, or when every line begins so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from nuserus.corpus.readers.clocks import milliseconds, time_at_start
from nuserus.corpus.readers.transcripts import Piece, spoken_by

_NAME: Final = r"[^\W\d_][\w.’'/·-]{0,38}(?:[ \u00a0][\w.’'()/·-]{1,38}){0,4}"
_LABEL: Final = re.compile(
    rf"({_NAME})[ \t\u00a0\u202f]{{0,3}}"
    r"(?:[\[(] ?(\d{1,3}(?::\d{2}){1,2}) ?[\])][ \u00a0\u202f]?)?"
    r":(?:[ \t\u00a0]+(?=\S)|$)"
)
_IN_BRACKETS: Final = re.compile(r"\[([^\W\d_][^\]\n]{0,38})\][ \t]*:?[ \t]*")
_NAME_THEN_TIME: Final = re.compile(rf"({_NAME})[ \t\u00a0]{{1,8}}(\d{{1,2}}(?::\d{{2}}){{1,2}})", re.ASCII)
_GENERIC: Final = re.compile(
    r"S\d{1,2}|SPEAKER[_ ]\d{1,3}|Speaker undefined|[EQRI]\d{0,2}|"
    r"(?:speaker|locuteur|locutrice|intervenante?|personne|participante?|enquêteur|enquêtrice|enquêtée?|"
    r"interviewe?r|intervieweur|intervieweuse|interviewée?|chercheur|chercheuse|animateur|animatrice|question|réponse)"
    r"[ _]?\d{0,2}",
    re.IGNORECASE,
)
_PROGRAM: Final = re.compile(
    r"S\d{2}|SPEAKER_\d{1,3}|Speaker undefined|(?:Speaker|Locuteur|Locutrice|Intervenante?) ?\d{1,2}", re.IGNORECASE
)
_MOST_WORDS: Final = 5
# labels that are not those of a program are believed when there are this many, or one line in so many
_ENOUGH: Final = 6
_SHARE: Final = 4


@dataclass(frozen=True, slots=True)
class Head:
    """What a line begins with: a time, somebody; `rest` are its words. `alone`: the label is the whole line."""

    line: str
    time: int | None
    label: str
    rest: str
    timed_rest: str
    alone: bool = False


def head_of(line: str) -> Head:
    """What the line begins with. `timed_rest` are the words when the label turns out to be none."""
    plain = line.strip()
    time, rest = time_at_start(plain)
    if time is not None:
        rest = rest.removeprefix("- ").removeprefix("– ")
    found = _LABEL.match(rest)
    if found is not None and _may_speak(found[1]):
        said = rest[found.end() :]
        inside = milliseconds(found[2]) if found[2] else None
        later, words = time_at_start(said)
        first = next((known for known in (time, inside, later) if known is not None), None)
        return Head(plain, first, found[1], words, rest, alone=not words)
    bracketed = _IN_BRACKETS.match(rest)
    if bracketed is not None and (time is not None or is_generic(bracketed[1])):
        return Head(
            plain, time, bracketed[1].strip(), rest[bracketed.end() :], rest, alone=bracketed.end() == len(rest)
        )
    then = _NAME_THEN_TIME.fullmatch(rest)
    if then is not None and _may_speak(then[1]):
        return Head(plain, milliseconds(then[2]), then[1], "", rest, alone=True)
    if _PROGRAM.fullmatch(rest):
        return Head(plain, time, rest, "", rest, alone=True)
    return Head(plain, time, "", rest, rest)


def is_generic(label: str) -> bool:
    """Whether it is a label that programs and guides write."""
    return _GENERIC.fullmatch(label.strip()) is not None


def speakers_among(heads: Sequence[Head]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The labels that are somebody who speaks, and those that could be but are named once."""
    labels = Counter(head.label for head in heads if head.label)
    lines = sum(1 for head in heads if head.line)
    if labels and lines > 1 and labels.total() == lines:
        return frozenset(labels), ()
    kept = {label for label in labels if _PROGRAM.fullmatch(label)}
    kept |= {head.label for head in heads if head.label and head.time is not None and head.alone}
    often = {label for label, times in labels.items() if times > 1}
    likely = often | {label for label in labels if is_generic(label) or (label.isupper() and len(label) > 1)}
    if len(kept | likely) > 1:
        times = sum(labels[label] for label in kept | likely)
        if kept or times >= _ENOUGH or times * _SHARE >= lines:
            kept |= likely
    else:
        kept |= {label for label in often if is_generic(label)}
    return frozenset(kept), tuple(label for label in labels if kept and label not in kept)


def attributed(pieces: Iterable[Piece]) -> tuple[list[Piece], tuple[str, ...]]:
    """Pieces that name nobody, given to the speakers that their first words name; and the labels left in the text."""
    given = list(pieces)
    unnamed = [piece for piece in given if not piece.speaker]
    heads = {id(piece): head_of(piece.text.strip()) for piece in unnamed}
    kept, left = speakers_among(list(heads.values()))
    if not kept:
        return given, ()
    found: list[Piece] = []
    speaker = ""
    for piece in given:
        head = heads.get(id(piece))
        if head is None:
            speaker = piece.speaker
            found.append(piece)
        elif head.label in kept:
            speaker = head.label
            found.append(spoken_by(piece, speaker, head.rest))
        else:
            found.append(spoken_by(piece, speaker, piece.text))
    return found, left


def _may_speak(label: str) -> bool:
    return (label[0].isupper() or is_generic(label)) and len(label.split()) <= _MOST_WORDS
