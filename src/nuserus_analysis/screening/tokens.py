"""Words with their offsets, elided articles apart, and where sentences begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nuserus_analysis.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_ELIDED = re.compile(r"(?:l|d|j|n|s|m|t|c|qu|jusqu|lorsqu|puisqu|quoiqu|presqu)['’]", re.IGNORECASE)
# what may stand between the end of a sentence and the next word
_OPENS = re.compile(r"(?:^|[.!?…:\n•])[\s«»\"“”(\[*\-–—]*$")
_SHORT_FORMS = re.compile(
    r"(?:\b[A-Za-zÀ-ÿ]|\b(?:mme|mlle|mr|dr|pr|ch|tel|tél|n|av|bd|st|ste|etc))\.\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text. `opens` says whether it is the first of its sentence; `gap` is what stands before it."""

    text: str
    start: int
    end: int
    opens: bool
    gap: str

    @property
    def is_capitalised(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()

    @property
    def key(self) -> str:
        return fold(self.text)


def words_of(text: str) -> Sequence[Word]:
    """The words of a text in order.

    >>> [word.text for word in words_of("Le rythme d’Amandine.")]
    ['Le', 'rythme', 'd', 'Amandine']
    """
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        opens = _opens(text, start)
        elided = _ELIDED.match(match.group())
        if elided and elided.end() < len(match.group()):
            first = elided.end() - 1
            found.append(Word(match.group()[:first], start, start + first, opens, text[end:start]))
            start, opens, end = start + first + 1, False, start + first
        found.append(Word(text[start : match.end()], start, match.end(), opens, text[end:start]))
        end = match.end()
    return found


def _opens(text: str, start: int) -> bool:
    before = text[max(0, start - 12) : start]
    if start > 12:
        before = f"x{before}"
    return bool(_OPENS.search(before)) and not _SHORT_FORMS.search(before)
