"""The pages that noScribe and Sonal write.

Sources, by their form alone: noScribe, `tests/data/interview.html` and `html_to_webvtt` of its repository (anchors
named `ts_<begins>_<ends>_<speaker>` in milliseconds; « // » before the speaker who speaks meanwhile; a title, then
what noScribe says of itself); Sonal, `docs/FORMATS.md` and `domain/sonal.mjs` of SonalPi (`span.lblseg` with
`data-deb`, `data-fin` in seconds, `data-loc` and `data-nomloc`; `script#loc-json` for the names; `span.anon` with
`data-pseudo`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.corpus.readers.clocks import INSIDE, of_seconds
from nuserus.corpus.readers.failing import MAX_DEPTH, UnreadableTranscript
from nuserus.corpus.readers.markup import Tag, Words, tokens
from nuserus.corpus.readers.transcripts import Piece, Transcript, compose

_ANCHOR: Final = re.compile(r"ts_(\d{1,12})_(\d{1,12})_(.{0,80})", re.ASCII | re.DOTALL)
_LANGUAGE: Final = re.compile(r"\(Language: [^()|\n]{0,60}\(([a-z]{2,3})\)")
_SAID_BY: Final = re.compile(r"\s{0,4}([^\s:/][^:/\n]{0,39}):\s{0,4}")
_SEGMENTS_SEEN: Final = 'class="lblseg'
_LONGEST_NAMES: Final = 100_000


def read_page(page: str) -> Transcript:
    """The transcript of an export of noScribe or of Sonal. Raises UnreadableTranscript for another page."""
    if 'name="ts_' in page:
        return _noscribe(page)
    if _SEGMENTS_SEEN in page or "lblseg" in page:
        return _sonal(page)
    raise UnreadableTranscript(
        _("Cette page n’est pas un export de noScribe ni de Sonal. Enregistrez-la en DOCX ou en TXT, puis recommencez.")
    )


@dataclass(slots=True)
class _Run:
    """Words of one anchor, or between two of them."""

    begins: int | None
    ends: int | None
    speaker: str
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words)


def _noscribe(page: str) -> Transcript:
    paragraphs = [runs for runs in _noscribe_paragraphs(page) if any(run.text.strip() for run in runs)]
    title = language = ""
    while paragraphs and all(run.begins is None for run in paragraphs[0]):
        words = "".join(run.text for run in paragraphs[0]).strip()
        if words.startswith("Transcribed with noScribe"):
            found = _LANGUAGE.search(words)
            language = found[1] if found else ""
        elif not title:
            title = words
        else:
            break
        paragraphs = paragraphs[1:]
    names = _renamed(paragraphs)
    return compose(_noscribe_pieces(paragraphs, names), title=title, language=language)


def _noscribe_paragraphs(page: str) -> Iterator[list[_Run]]:
    runs: list[_Run] = []
    inside = False
    for token in tokens(page):
        if isinstance(token, Tag) and token.name == "body":
            inside = not token.closes
        elif not inside:
            continue
        elif isinstance(token, Words):
            runs = runs or [_Run(None, None, "")]
            runs[-1].words.append(token.text)
        elif token.name == "p":
            yield runs
            runs = []
        elif token.name == "br" and runs:
            runs[-1].words.append("\n")
        elif token.name == "a" and (found := _ANCHOR.fullmatch(token.attributes.get("name", ""))) is not None:
            runs.append(_Run(int(found[1]), int(found[2]), found[3].strip()))
    yield runs


def _renamed(paragraphs: list[list[_Run]]) -> dict[str, str]:
    """The name that each speaker was given in the text, in the place of « S01 »."""
    said: dict[str, Counter[str]] = {}
    for runs in paragraphs:
        first = next((run for run in runs if run.speaker), None)
        if first is not None and not first.speaker.startswith("//"):
            found = _SAID_BY.match(first.text)
            if found is not None:
                said.setdefault(first.speaker, Counter())[found[1].strip()] += 1
    return {speaker: names.most_common(1)[0][0] for speaker, names in said.items()}


def _noscribe_pieces(paragraphs: list[list[_Run]], names: dict[str, str]) -> Iterator[Piece]:
    for runs in paragraphs:
        for rank, run in enumerate(runs):
            key = run.speaker.removeprefix("//").strip()
            words = INSIDE.sub("", run.text).strip()
            if run.speaker.startswith("//") or words.startswith("//"):
                words = words.removeprefix("//")
            words = words.removesuffix("//")
            found = _SAID_BY.match(words)
            if found is not None and found[1].strip() in (key, names.get(key)):
                words = words[found.end() :]
            yield Piece(words, names.get(key, key), run.begins, run.ends, "\n" if rank == 0 else " ")


def _sonal(page: str) -> Transcript:
    reader = _Sonal()
    for token in tokens(page):
        if isinstance(token, Words):
            reader.words(token.text)
        else:
            reader.tag(token)
    reader.end()
    warnings = [_("Les codages et commentaires de Sonal ne sont pas repris ; les paroles et les tours le sont.")]
    if reader.masked:
        warnings.append(_already_masked(reader.masked))
    return compose(reader.pieces, warnings=warnings)


class _Sonal:
    """Reads the segments of a file of Sonal; `hidden` is the depth of words that a pseudonym stands for."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.masked = 0
        self._speakers: list[str] = []
        self._words: list[str] = []
        self._segment: Piece | None = None
        self._opened = self._depth = 0
        self._hidden: int | None = None
        self._script = ""

    def words(self, text: str) -> None:
        if self._script == "loc-json":
            self._speakers = _names(text)
        elif self._segment is not None and self._hidden is None:
            self._words.append(text)

    def tag(self, tag: Tag) -> None:
        self._script = tag.attributes.get("id", "") if tag.name == "script" and not tag.closes else ""
        if tag.name == "br":
            self.words("\n")
        elif tag.name == "span" and tag.closes:
            self._close()
        elif tag.name == "span":
            self._open(tag)

    def end(self) -> None:
        if self._segment is not None:
            self.pieces.append(replace(self._segment, text="".join(self._words)))
        self._segment, self._words = None, []

    def _open(self, tag: Tag) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise UnreadableTranscript(too_deep())
        if self._segment is None and "lblseg" in tag.classes():
            self._opened = self._depth
            self._segment = Piece(
                "", _speaker(tag, self._speakers), _seconds(tag, "data-deb"), _seconds(tag, "data-fin")
            )
        elif self._hidden is None and "anon" in tag.classes() and tag.attributes.get("data-pseudo"):
            self.words(tag.attributes["data-pseudo"])
            self._hidden = self._depth
            self.masked += 1

    def _close(self) -> None:
        if self._hidden == self._depth:
            self._hidden = None
        if self._opened == self._depth:
            self.end()
            self._opened = 0
        self._depth = max(0, self._depth - 1)


def _names(script: str) -> list[str]:
    start, end = script.find("["), script.rfind("]")
    if start == -1 or not start < end <= start + _LONGEST_NAMES:
        return []
    try:
        found = json.loads(script[start : end + 1])
    except (ValueError, RecursionError):
        return []
    return [name if isinstance(name, str) else "" for name in found] if isinstance(found, list) else []


def _speaker(tag: Tag, speakers: list[str]) -> str:
    place = tag.attributes.get("data-loc", "")
    if place.isascii() and place.isdigit() and len(place) < 5 and 0 < int(place) < len(speakers):
        return speakers[int(place)]
    return tag.attributes.get("data-nomloc", "")


def _seconds(tag: Tag, name: str) -> int | None:
    try:
        return of_seconds(float(tag.attributes.get(name, "")))
    except ValueError:
        return None


def _already_masked(count: int) -> str:
    return ngettext(
        "%(count)d mot était déjà anonymisé dans Sonal : son pseudonyme est repris, pas le nom.",
        "%(count)d mots étaient déjà anonymisés dans Sonal : leurs pseudonymes sont repris, pas les noms.",
        count,
    ) % {"count": count}


def too_deep() -> str:
    return _("Ce fichier est construit d’une façon qui n’est pas celle d’une transcription : il n’a pas été lu.")
