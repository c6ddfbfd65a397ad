"""Cut a text into words, each with its place in code points."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from nuserus_analysis.text.epicene import MARKS, epicene_base
from nuserus_analysis.text.folding import IGNORABLE, fold

APOSTROPHES: Final = "'’ʼ‘`´"
_MARK: Final = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670"
_RUN: Final = rf"[^\W_]++(?:[{IGNORABLE}{_MARK}]++[^\W_]*+)*+"
_CHUNK = re.compile(rf"{_RUN}(?:[{APOSTROPHES}{MARKS}]{_RUN})*+(?:\([^\W\d_]{{1,6}}\)s?(?![^\W_]))?")
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_HYPHEN = re.compile("[-‐‑]")
_BREAK = re.compile("[·•‧∙⋅./()]")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_WHOLE: Final = frozenset({"aujourd'hui", "prud'homme", "prud'hommes", "prud'homal", "entr'aide", "grand'mère"})


class Word(NamedTuple):
    """A word as it stands in the text: ``text[start:end]``, half-open, in code points."""

    text: str
    start: int
    end: int
    form: str
    """What is stemmed: the masculine of an epicene form, the letters of a dotted acronym."""
    joined: str = ""
    """On the first part of a hyphenated compound: all its parts in one."""
    size: int = 1
    """On the first part of a compound: how many parts it has."""


def words(text: str) -> Iterator[Word]:
    """Yield the words of an NFC text in order, elided articles apart.

    >>> [word.text for word in words("L'enfant d'aujourd'hui, en rendez-vous")]
    ['L', 'enfant', 'd', "aujourd'hui", 'en', 'rendez', 'vous']
    """
    for match in _CHUNK.finditer(text):
        chunk, start = match.group(), match.start()
        if chunk.isalnum():
            yield Word(chunk, start, start + len(chunk), chunk)
        else:
            for surface, first, last, form, joined, size in _cut(chunk):
                yield Word(surface, start + first, start + last, form, joined, size)


@lru_cache(maxsize=1 << 14)
def _cut(chunk: str) -> tuple[Word, ...]:
    """Return the words of *chunk*, placed from its beginning."""
    return tuple(word for piece, at in _pieces(chunk, 0) for word in _piece(piece, at))


def _pieces(chunk: str, start: int) -> Iterator[tuple[str, int]]:
    """Part *chunk* at its apostrophes, except in the few words that hold one."""
    at = 0
    for mark in _APOSTROPHE.finditer(chunk):
        if mark.start() < at:
            continue
        rest = _APOSTROPHE.sub("'", chunk[at:]).lower()
        whole = next((word for word in _WHOLE if rest == word or rest.startswith(f"{word}'")), None)
        end = at + len(whole) if whole else mark.start()
        if end > at:
            yield chunk[at:end], start + at
        at = end + 1
    if at < len(chunk):
        yield chunk[at:], start + at


def _piece(piece: str, start: int) -> Iterator[Word]:
    if _APOSTROPHE.search(piece):
        form = _APOSTROPHE.sub("", piece)
        yield Word(piece, start, start + len(piece), form)
        return
    if _DOTTED.fullmatch(piece):  # I.M.E.
        yield Word(piece, start, start + len(piece), piece.replace(".", ""))
        return
    size = epicene_base(piece)
    if size:
        *before, last = _compound(piece[:size], start)
        yield from before
        end = start + len(piece)
        yield last._replace(text=piece[last.start - start :], end=end)
        return
    at = 0
    for part in _BREAK.split(piece):
        if part:
            yield from _compound(part, start + at)
        at += len(part) + 1


def _compound(part: str, start: int) -> Iterator[Word]:
    """Part a hyphenated word; its first half carries the whole in one."""
    halves = [half for half in _HYPHEN.split(part) if half]
    if len(halves) == 1:
        at = start + part.index(halves[0])
        yield Word(halves[0], at, at + len(halves[0]), halves[0])
        return
    joined, at = "".join(fold(half) for half in halves), 0
    for index, half in enumerate(halves):
        at = part.index(half, at)
        first = index == 0
        yield Word(half, start + at, start + at + len(half), half, joined if first else "", len(halves) if first else 1)
        at += len(half)
