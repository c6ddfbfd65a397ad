"""A transcript: one canonical text, and who speaks where in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _

from nuserus.corpus.readers.failing import MAX_SIGNS, MAX_TURNS, UnreadableTranscript
from nuserus_analysis.text.canonical import canonical_text

LONGEST_SPEAKER: Final = 80
LONGEST_TITLE: Final = 200
_LONGEST_TIME: Final = 2**31 - 1
# what a database can't hold or a page can't show: controls, marks of byte order, halves of a pair
_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE: Final = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff\ufffe\uffff]")
_HALVES: Final = re.compile("[\ud800-\udfff]")
_BLANKS: Final = re.compile("[ \t]+")


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """``text[start:end]`` of a transcript, in code points, half-open.

    `speaker` is empty where nobody is named. Times are milliseconds of the recording, None where unknown.
    """

    speaker: str
    start: int
    end: int
    begins_ms: int | None = None
    ends_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """A canonical text (NFC, line feeds, no byte order mark) in turns that follow one another.

    `language` is a code such as "fr" and `title` what the file says of itself; both are empty where it says
    nothing. `warnings` are sentences for who imports.
    """

    text: str
    turns: tuple[ReadTurn, ...]
    language: str = ""
    title: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, in the order in which they are met."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    def said(self, turn: ReadTurn) -> str:
        return self.text[turn.start : turn.end]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one file in their order. `joint` is what stands between them and the same speaker's words before."""

    text: str
    speaker: str = ""
    begins: int | None = None
    ends: int | None = None
    joint: str = " "


@dataclass(slots=True)
class _Said:
    speaker: str
    begins: int | None
    ends: int | None
    words: list[str] = field(default_factory=list)


def cleaned(text: str) -> str:
    """The text in its canonical form, without what can't be kept or seen."""
    plain = _BREAKS.sub("\n", text)
    return canonical_text(_HALVES.sub("\ufffd", _INVISIBLE.sub("", plain)))


def tidied(text: str) -> str:
    """Clean words: no blank line, no blank at either end of a line, single blanks inside."""
    lines = (_BLANKS.sub(" ", line).strip() for line in cleaned(text).split("\n"))
    return "\n".join(line for line in lines if line)


def compose(
    pieces: Iterable[Piece], *, title: str = "", language: str = "", warnings: Sequence[str] = ()
) -> Transcript:
    """The transcript of pieces: those of one speaker that follow one another are one turn, each turn its own lines.

    Raises UnreadableTranscript when nothing is said, or too much.
    """
    told = list(warnings)
    parts: list[str] = []
    turns: list[ReadTurn] = []
    at = odd = 0
    for said in _joined(pieces):
        text = "".join(said.words)
        begins, ends = _time(said.begins), _time(said.ends)
        if begins is not None and ends is not None and ends < begins:
            ends, odd = None, odd + 1
        turns.append(ReadTurn(said.speaker, at, at + len(text), begins, ends))
        parts.append(text)
        at += len(text) + 1
        if len(turns) > MAX_TURNS:
            raise UnreadableTranscript(
                _("Ce fichier a plus de %(count)d tours de parole : coupez-le en plusieurs fichiers.")
                % {"count": MAX_TURNS}
            )
        _bound(at)
    if not turns:
        raise UnreadableTranscript(nothing_said())
    if odd:
        told.append(
            _("%(count)d tours finissaient avant d’avoir commencé : leur heure de fin est laissée de côté.")
            % {"count": odd}
        )
    return Transcript("\n".join(parts), tuple(turns), _language(language), named(title), tuple(told))


def whole(text: str, *, title: str = "", warnings: Sequence[str] = ()) -> Transcript:
    """A text that nobody shares, as it was written: one turn. Raises UnreadableTranscript when it is empty."""
    plain = cleaned(text).strip("\n ")
    _bound(len(plain))
    if not plain.strip():
        raise UnreadableTranscript(nothing_said())
    return Transcript(plain, (ReadTurn("", 0, len(plain)),), "", named(title), tuple(warnings))


def nothing_said() -> str:
    return _("Ce fichier ne contient aucun texte. Vérifiez que c’est le bon, puis recommencez.")


def named(text: str) -> str:
    """A title on one line, as long as a title may be."""
    return tidied(text).replace("\n", " ")[:LONGEST_TITLE].strip()


def _joined(pieces: Iterable[Piece]) -> Iterator[_Said]:
    last: _Said | None = None
    for piece in pieces:
        words = tidied(piece.text)
        if not words:
            continue
        speaker = tidied(piece.speaker).replace("\n", " ")[:LONGEST_SPEAKER].strip()
        if last is not None and speaker and speaker == last.speaker:
            last.words += [piece.joint, words]
            last.ends = piece.ends if piece.ends is not None else last.ends
            continue
        if last is not None:
            yield last
        last = _Said(speaker, piece.begins, piece.ends, [words])
    if last is not None:
        yield last


def _bound(signs: int) -> None:
    if signs > MAX_SIGNS + 1:
        raise UnreadableTranscript(
            _("Ce texte dépasse %(count)d millions de caractères : coupez-le en plusieurs fichiers.")
            % {"count": MAX_SIGNS // 1_000_000}
        )


def _time(milliseconds: int | None) -> int | None:
    return milliseconds if milliseconds is not None and 0 <= milliseconds <= _LONGEST_TIME else None


def _language(code: str) -> str:
    found = code.strip().lower()
    return found if re.fullmatch(r"[a-z]{2,3}", found) else ""


def spoken_by(piece: Piece, speaker: str, text: str) -> Piece:
    """The piece, said by somebody, without the label that named them."""
    return replace(piece, speaker=speaker, text=text)
