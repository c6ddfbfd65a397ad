"""What a text is counted in: words, numbers, addresses and signs, each in its place.

Search cuts compounds to find their halves (`words`); counting keeps them: *rendez-vous* is one word,
*dit-il* is two (*-il* counts as *il*). An elided word keeps its apostrophe (*l’*). An inclusive form is
the masculine that it begins with: *référent·e·s* counts with *référent*.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from sys import intern
from typing import Final, NamedTuple

from nuserus_analysis.text.folding import normalise
from nuserus_analysis.text.words import APOSTROPHES, Word, words


class Kind(StrEnum):
    """What an occurrence is."""

    WORD = "word"
    NUMBER = "number"
    ADDRESS = "address"  # of mail or of the web
    SIGN = "sign"


class Occurrence(NamedTuple):
    """A piece of a text: ``text[start:end]``, half-open, in code points."""

    text: str
    start: int
    end: int
    form: str
    """What is counted: small letters, straight apostrophe; an acronym keeps its capitals."""
    kind: Kind


_SPECIAL = re.compile(
    r"""
    (?P<address> (?:https?://|www\.)[^\s<>«»"]*[^\s<>«»".,;:!?)\]]
               | (?<![\w.+-]) [\w.+-]{1,64}+@\w[\w-]{0,62}(?:\.\w[\w-]{0,62})+ )
  | (?P<number> (?<![\w@]) (?<!\w[-.,’']) \d+
        (?: (?:[\u00a0\u202f\ ]\d{3})+(?:,\d+)?(?!\d) | (?:[.,/:]\d+)+ )? (?: h(?:\d{2})? )?
        (?: (?:ers?|ères?|res?|nde?s?|es?|è[mr]es?|èmes?)(?!\w) )? (?![\w@]) )
  | (?P<shortened> \b(?:M|MM|Mr|Mme|Mmes|Mlle|Dr|Pr|St|Ste|Me)\.(?=\s+[A-ZÀ-Þ])
                 | \b(?:[cC]f|[aA]rt|[pP]|pp|[vV]ol|chap|env|ex|n)\.(?=\s*\d) )
    """,
    re.VERBOSE,
)
_SIGN = re.compile(r"\.{2,}|[^\w\s]|_+")
_LINE = re.compile(r"[^\n]+")
# after a hyphen these are words of their own: « dit-il », « donne-leur », « ce jour-là », « a-t-on »
_PRONOUNS = "je tu il elle on nous vous ils elles iel iels moi toi lui leur le la les y en ce ci là t m"
_LEANING: Final = frozenset(_PRONOUNS.split())
_ONE_WORD: Final = frozenset({"rendez-vous", "garde-à-vous", "vis-à-vis"})
_HYPHENS: Final = {ord("‐"): "-", ord("‑"): "-"}
_LONGEST_ACRONYM: Final = 8
_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_ENDS: Final = (" ", "\n", "", ".", ",")


def occurrences(text: str) -> list[Occurrence]:
    """All the occurrences of a canonical text, in order; only white space is between them.

    >>> [found.text for found in occurrences("L’équipe a dit-il 1 200 rendez-vous, avec les référent·e·s.")]
    ['L’', 'équipe', 'a', 'dit', '-il', '1 200', 'rendez-vous', ',', 'avec', 'les', 'référent·e·s', '.']
    """
    return list(_with_signs(normalise(text)))


def _with_signs(text: str) -> Iterator[Occurrence]:
    shouted = [(line.start(), line.end()) for line in _LINE.finditer(text) if _is_shouted(line.group())]
    at = 0
    for found in _worded(text, shouted):
        yield from _signs(text, at, found.start)
        yield found
        at = found.end
    yield from _signs(text, at, len(text))


def _is_shouted(line: str) -> bool:
    return len(line.strip()) > 2 * _LONGEST_ACRONYM and line.isupper()


def _signs(text: str, start: int, stop: int) -> Iterator[Occurrence]:
    for sign in _SIGN.finditer(text, start, stop):
        yield Occurrence(sign.group(), sign.start(), sign.end(), sign.group(), Kind.SIGN)


def _worded(text: str, shouted: list[tuple[int, int]]) -> Iterator[Occurrence]:
    specials = list(_SPECIAL.finditer(text))
    at = 0
    for special in specials:
        yield from _between(text, at, special.start(), shouted)
        said = special.group()
        kind = Kind.ADDRESS if special["address"] else Kind.NUMBER if special["number"] else Kind.WORD
        form = re.sub(r"\s", "", said) if kind == Kind.NUMBER else said.lower().rstrip(".")
        yield Occurrence(said, special.start(), special.end(), form, kind)
        at = special.end()
    yield from _between(text, at, len(text), shouted)


def _between(text: str, start: int, stop: int, shouted: list[tuple[int, int]]) -> Iterator[Occurrence]:
    piece = text[start:stop]
    found = list(words(piece))
    at = 0
    while at < len(found):
        word = found[at]
        if (
            word.size == 1
            and word.text is word.form
            and word.text.islower()
            and piece[word.end : word.end + 1] in _ENDS
        ):
            said = intern(word.text)  # most words: small letters, then a space
            yield Occurrence(said, word.start + start, word.end + start, said, Kind.WORD)
            at += 1
            continue
        parts = found[at : at + word.size]
        at += len(parts)
        for group in _groups(piece, parts):
            yield _occurrence(text, group, start, shouted)


def _groups(text: str, parts: list[Word]) -> Iterator[list[Word]]:
    """The parts of a compound as they are counted: together, but for the pronouns that lean on a verb."""
    keep = len(parts)
    if text[parts[0].start : parts[-1].end].lower().translate(_HYPHENS) not in _ONE_WORD:
        while keep > 1 and parts[keep - 1].text.lower() in _LEANING:
            keep -= 1
    yield parts[:keep]
    for part in parts[keep:]:  # the hyphen goes with the pronoun
        yield [part._replace(start=part.start - 1)]


def _occurrence(text: str, group: list[Word], offset: int, shouted: list[tuple[int, int]]) -> Occurrence:
    start, end = group[0].start + offset, group[-1].end + offset
    form = "-".join(word.form for word in group)
    if end + 1 < len(text) and text[end] in APOSTROPHES and (text[end + 1].isalnum()):
        end += 1
        return Occurrence(text[start:end], start, end, f"{form.lower()}'", Kind.WORD)
    if not any(letter.isalpha() for letter in form):
        return Occurrence(text[start:end], start, end, form, Kind.NUMBER)
    said = intern(text[start:end])
    if not said.isalnum() and _APOSTROPHE.search(said):  # one of the few words that hold an apostrophe
        form = _APOSTROPHE.sub("'", said)
    loud = form.isupper() and 2 <= len(form) <= _LONGEST_ACRONYM and form.isalpha()
    if not loud or any(first <= start < last for first, last in shouted):
        form = form.lower()
    return Occurrence(said, start, end, intern(form), Kind.WORD)


def is_counted(found: Occurrence) -> bool:
    """Whether an occurrence counts in the length of a text: all but signs."""
    return found.kind != Kind.SIGN
