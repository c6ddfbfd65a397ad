"""Lines of text: what people type, and what programs write as TXT.

Sources: `outputs.py` of aTrain (headline « Transcription for … », a speaker alone on a line, « [00:00:05] - » before
each segment, one paragraph a speaker for MAXQDA, times without brackets for NVivo); `html_to_text` of noScribe
(title, « Transcribed with noScribe », « S01: [00:00:12] », what others say meanwhile between « //S02: » and « // »);
`conversions.mjs` of Sonal (« 00:01:02 [Marie] », « Marie : »).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.corpus.readers.clocks import INSIDE
from nuserus.corpus.readers.labels import Head, head_of, speakers_among
from nuserus.corpus.readers.transcripts import Piece, Transcript, compose, whole

_ATRAIN: Final = "Transcription for "
_ATRAIN_SEGMENT: Final = re.compile(r"(?<=\S) (?=\[\d{2}:\d{2}:\d{2}\] - )", re.ASCII)
_NOSCRIBE: Final = "Transcribed with noScribe"
_NOSCRIBE_LANGUAGE: Final = re.compile(r"\(Language: [^()|\n]{0,60}\(([a-z]{2,3})\)")
_MEANWHILE: Final = re.compile(r"//([^\s/:][^/:\n]{0,39}): (.*?)//")
_HEADING: Final = 8
_SHOWN: Final = 5
# a text with fewer times than this is not taken for a transcript
_TIMES: Final = 2


def read_plain(text: str, warnings: tuple[str, ...] = ()) -> Transcript:
    """Lines in the turns of their speakers; else by their times; else the whole text, untouched."""
    lines = text.split("\n")
    title = language = ""
    first = next((rank for rank, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith(_ATRAIN):
        title, lines = lines[first].removeprefix(_ATRAIN), lines[first + 1 :]
        lines = _ATRAIN_SEGMENT.sub("\n", "\n".join(lines)).split("\n")
    elif any(line.startswith(_NOSCRIBE) for line in lines[: first + _HEADING]):
        title, language, lines = _noscribe_heading(lines, first)
    heads = [head_of(line) for line in lines]
    kept, left = speakers_among(heads)
    timed = sum(head.time is not None for head in heads)
    if not kept and timed < _TIMES:
        return whole("\n".join(lines), title=title, warnings=warnings)
    pieces = _pieces(heads, kept)
    removed = sum(len(INSIDE.findall(piece.text)) for piece in pieces)
    if removed:
        pieces = [Piece(INSIDE.sub("", one.text), one.speaker, one.begins, one.ends, one.joint) for one in pieces]
        warnings = (*warnings, _times_removed(removed))
    return compose(pieces, title=title, language=language, warnings=(*warnings, *left_in_text(left)))


def left_in_text(labels: Sequence[str]) -> tuple[str, ...]:
    """What to tell of labels that may be somebody, named too rarely to be sure."""
    if not labels:
        return ()
    return (
        _("Ces mots suivis de deux-points sont restés dans le texte : %(words)s. Si ce sont des personnes, corrigez.")
        % {"words": ", ".join(f"« {label} »" for label in labels[:_SHOWN]) + ("…" if len(labels) > _SHOWN else "")},
    )


def meanwhile(piece: Piece) -> list[Piece]:
    """What others say while somebody speaks, as noScribe writes it, in turns of their own."""
    found: list[Piece] = []
    at = 0
    for said in _MEANWHILE.finditer(piece.text):
        found.append(Piece(piece.text[at : said.start()], piece.speaker, piece.begins if not found else None))
        found.append(Piece(said[2], said[1]))
        at = said.end()
    if not found:
        return [piece]
    return [*found, Piece(piece.text[at:], piece.speaker)]


def _pieces(heads: Sequence[Head], kept: frozenset[str]) -> list[Piece]:
    pieces: list[Piece] = []
    speaker = ""
    time: int | None = None
    after_blank = False
    for head in heads:
        if not head.line:
            after_blank = True
            continue
        named = head.label in kept if head.label else False
        time = head.time if head.time is not None else time
        if named:
            speaker = head.label
        words = head.rest if named else head.timed_rest if head.time is not None else head.line
        if not words:
            continue
        starts = named or head.time is not None
        if pieces and not starts and not speaker and not after_blank:
            pieces[-1] = _longer(pieces[-1], words)
        else:
            pieces += meanwhile(Piece(words, speaker, time, None, "\n" if named or head.time is None else " "))
        time, after_blank = None, False
    return pieces


def _longer(piece: Piece, words: str) -> Piece:
    return Piece(f"{piece.text}\n{words}", piece.speaker, piece.begins, piece.ends, piece.joint)


def _noscribe_heading(lines: list[str], first: int) -> tuple[str, str, list[str]]:
    """The title, the language, and the lines after what noScribe says of itself."""
    about = next(rank for rank, line in enumerate(lines) if line.startswith(_NOSCRIBE))
    language = ""
    end = about + 1
    while end < len(lines) and lines[end].strip():
        found = _NOSCRIBE_LANGUAGE.search(lines[end])
        language = found[1] if found else language
        end += 1
    return (lines[first] if first < about else ""), language, lines[end:]


def _times_removed(count: int) -> str:
    return ngettext(
        "%(count)d repère de temps au milieu des paroles a été retiré du texte.",
        "%(count)d repères de temps au milieu des paroles ont été retirés du texte.",
        count,
    ) % {"count": count}
