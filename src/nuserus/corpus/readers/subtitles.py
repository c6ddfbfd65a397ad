"""Subtitles: SRT and WebVTT.

Sources: WebVTT, W3C Candidate Recommendation (blocks, cue timings and settings, voice spans, comments, escapes);
SubRip as FFmpeg and VLC read it, no standard exists. noScribe writes VTT with a title after WEBVTT, a note and one
voice a cue; aTrain writes SRT that names nobody.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from nuserus.corpus.readers.clocks import milliseconds
from nuserus.corpus.readers.labels import attributed
from nuserus.corpus.readers.plain import left_in_text
from nuserus.corpus.readers.transcripts import Piece, Transcript, compose

_CLOCK: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_TIMING: Final = re.compile(rf"[ \t]*({_CLOCK})[ \t]*-->[ \t]*({_CLOCK})", re.ASCII)
_TAG: Final = re.compile(r"<[^<>\n]{0,200}>")
_STYLE: Final = re.compile(r"\{\\[^{}\n]{0,60}\}")
_VOICE: Final = re.compile(r"<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>\n]{1,200})>")
_LANGUAGE: Final = re.compile(r"Language:[ \t]*([A-Za-z]{2,3})", re.IGNORECASE)
_APART: Final = ("NOTE", "STYLE", "REGION")


def read_srt(text: str, warnings: tuple[str, ...]) -> Transcript:
    """Each subtitle is a piece; its number and its tags are no words."""
    pieces: list[Piece] = []
    lines = text.split("\n")
    times: tuple[int | None, int | None] | None = None
    words: list[str] = []
    for line in lines:
        found = _TIMING.match(line)
        if found is None:
            words.append(line)
            continue
        if times is not None:
            pieces.append(_srt_piece(_without_number(words), times))
        times, words = (milliseconds(found[1]), milliseconds(found[2])), []
    if times is not None:
        pieces.append(_srt_piece(words, times))
    return _composed(pieces, warnings)


def read_vtt(text: str, warnings: tuple[str, ...]) -> Transcript:
    """Each voice of a cue is a piece; identifiers, settings, comments and styles are no words."""
    blocks = _blocks(text)
    header = next(blocks, [])
    title = header[0].removeprefix("WEBVTT").strip(" \t-–—") if header else ""
    language = next((found[1] for line in header[1:] if (found := _LANGUAGE.match(line))), "")
    pieces: list[Piece] = []
    for block in blocks:
        if block[0].split(" ")[0].split("\t")[0] in _APART:
            continue
        # the timing is the first line, or the second when the cue has an identifier
        for place, line in enumerate(block[:2]):
            if (found := _TIMING.match(line)) is not None:
                words = "\n".join(block[place + 1 :])
                pieces += _voices(words, milliseconds(found[1]), milliseconds(found[2]))
                break
    return _composed(pieces, warnings, title, language)


def _composed(pieces: list[Piece], warnings: tuple[str, ...], title: str = "", language: str = "") -> Transcript:
    named, left = attributed(pieces)
    return compose(named, title=title, language=language, warnings=(*warnings, *left_in_text(left)))


def _srt_piece(words: list[str], times: tuple[int | None, int | None]) -> Piece:
    said = _STYLE.sub("", _TAG.sub("", "\n".join(words)))
    return Piece(html.unescape(said).replace("\n", " "), "", *times)


def _without_number(words: list[str]) -> list[str]:
    """The lines before the next subtitle, without its number."""
    last = len(words) - 1
    while last >= 0 and not words[last].strip():
        last -= 1
    return words[:last] if last >= 0 and words[last].strip().isdigit() else words


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _voices(words: str, begins: int | None, ends: int | None) -> Iterator[Piece]:
    speaker = ""
    at = 0
    for voice in _VOICE.finditer(words):
        yield Piece(_plain(words[at : voice.start()]), speaker, begins, ends)
        speaker, at = html.unescape(voice[1]).strip(), voice.end()
    yield Piece(_plain(words[at:]), speaker, begins, ends)


def _plain(words: str) -> str:
    return html.unescape(_TAG.sub("", words)).replace("\n", " ")
