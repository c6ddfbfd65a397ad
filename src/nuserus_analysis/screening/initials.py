"""Initials that stand for somebody: « Mme D. », « A.B. », « le jeune T. »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.flags import Confidence, Found, Kind
from nuserus_analysis.screening.words import BEFORE_PEOPLE, PEOPLE
from nuserus_analysis.text import fold

_LETTER = r"[A-ZÀ-ÖØ-Þ](?:h|Ch)?"
_TITLE = r"(?:\b(?:[Mm]me|[Mm]lle|[Mm]r|[Mm]adame|[Mm]onsieur|[Mm]ademoiselle|Dr|[Dd]octeur|Pr|Me)\b\.?|\bM\.)"
_TITLED = re.compile(rf"{_TITLE}\s*{_LETTER}\.?(?:\s?-?\s?{_LETTER}\.)*(?![\w’'-])(?!\.?\s?\d)")
_SEVERAL = re.compile(r"(?<![\w.’'-])(?:[A-ZÀ-ÖØ-Þ]\.\s?-?\s?){1,2}[A-ZÀ-ÖØ-Þ]\.?(?![\w’'-])(?!\s?\d)")
_SINGLE = re.compile(r"(?<![\w.’'-])[A-ZÀ-ÖØ-Þ]\.(?![\w-])(?!\s?\d)")
_BARE = re.compile(r"(?<![\w.-])[A-ZÀ-ÖØ-Þ](?![\w.’'-])(?!\s?\d)")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[\s'’«(]*$")
_NOT_PEOPLE = frozenset(
    {"ps", "nb", "sa", "tv", "cd", "dvd", "us", "usa", "uk", "ue", "jc", "hlm", "wc", "pc", "cv", "rh"}
)
# « N. a retrouvé », « F., notre veilleuse »: what follows an initial that opens a sentence
_GOES_ON = re.compile(r"(?:,|\s[a-zà-öø-ÿ(«]|\s?\(|\s(?:[ns]|m)['’]|\s?$)")


def find_initials(text: str) -> Iterator[Found]:
    """Initials after a title, several in a row, or one alone where a person is named."""
    for found in _TITLED.finditer(text):
        yield Found(Kind.INITIALS, found.start(), found.end())
    for found in _SEVERAL.finditer(text):
        letters = fold("".join(filter(str.isalpha, found.group())))
        if letters not in _NOT_PEOPLE and not found.group().startswith("M. "):
            yield Found(Kind.INITIALS, found.start(), found.end())
    for found in _SINGLE.finditer(text):
        if _names_somebody(text, found.start(), found.end()):
            yield Found(Kind.INITIALS, found.start(), found.end(), Confidence.LIKELY)
    for found in _BARE.finditer(text):
        before = _LAST_WORD.search(text, 0, found.start())
        if before and fold(before.group(1)) in PEOPLE:
            yield Found(Kind.INITIALS, found.start(), found.end(), Confidence.LIKELY)


def _names_somebody(text: str, start: int, end: int) -> bool:
    lead = text[:start].rstrip(' \u00a0«»"“(-–—')
    if not lead or lead[-1] in ".!?…:\n":
        return bool(_GOES_ON.match(text, end)) and text[start] != "M"
    if lead[-1] in ",;":
        return bool(_GOES_ON.match(text, end))
    before = _LAST_WORD.search(text, 0, start)
    return before is not None and fold(before.group(1)) in PEOPLE | BEFORE_PEOPLE
