"""Dates that say a day: a month or a year alone is none, nor is the date of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.calendar import DAY_WORDS, MONTH_WORDS
from nuserus_analysis.screening.flags import Found, Kind

_DAY_IN_WORDS = (
    r"(?:premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-sept|-huit|-neuf)?|onze|douze|treize|quatorze|quinze|seize|"
    r"vingt(?:(?:-|\s+et\s+|-et-)(?:un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?:-et-un|\s+et\s+un)?)"
)
_DAY = rf"(?:(?:0?[1-9]|[12]\d|3[01])(?:\s?er\b)?|{_DAY_IN_WORDS})"
_WRITTEN = re.compile(
    rf"(?<![\d.,])(?:\b{DAY_WORDS}\s+)?(?:{_DAY}\s?(?:{MONTH_WORDS}\s+)?(?:au|et|ou|-|–|/|à)\s?)?"
    rf"\b{_DAY}[\s-]?{MONTH_WORDS}(?![^\W\d_])(?:[\s-]+(?:(?:19|20)\d{{2}}|dernier|prochain)\b)?(?!\d)",
    re.IGNORECASE,
)
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
_NUMBERS = re.compile(
    rf"(?<![\d./-])(?:{_DAY_NUMBER}(?P<gap>[/.-]){_MONTH}(?P=gap)(?:(?:19|20)\d{{2}}|\d{{2}})"
    rf"|(?:19|20)\d{{2}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?![\d/-])"
)
_NO_YEAR = re.compile(
    rf"\b(?:le|du|au|depuis|dès|{DAY_WORDS})\s+(?P<date>(?!(?:1/[234]|2/3|3/4)\b){_DAY_NUMBER}/{_MONTH})(?![\d/])",
    re.IGNORECASE,
)
# « mardi 14 » says the day as well, unless it counts something
_DAY_OF_WEEK = re.compile(
    rf"\b{DAY_WORDS}\s+{_DAY_NUMBER}(?=\s*(?:[.,;:!?)»]|$)|\s+(?:à|vers|au|dernier|prochain|matin|soir|après-midi)\b)",
    re.IGNORECASE,
)
_OF_A_TEXT = re.compile(
    r"\b(?:lois?|décrets?|arrêtés?|ordonnances?|circulaires?|règlements?|rgpd|directives?|conventions?|chartes?|"
    r"instructions?|recommandations?|codes?|déclarations?|notes?\s+d['’]information|délibérations?)\b"
    r"(?:\s+[\w'’()-]+){0,4}?\s*(?:n[°o]\.?\s*[\w.\-/]+\s+)?(?:en\s+date\s+)?(?:du|de|le)\s+$",
    re.IGNORECASE,
)
_OF_A_PLACE = re.compile(
    r"\b(?:rue|avenue|boulevard|place|quai|square|impasse|allée|pont|école|collège|lycée|résidence|foyer|fête|bal)"
    r"\s+du\s+$",
    re.IGNORECASE,
)
_BEFORE = 80


def find_dates(text: str) -> Iterator[Found]:
    """Days with their month, in words or in figures."""
    for found in _WRITTEN.finditer(text):
        if _names_somebody(text, found.start()):
            yield Found(Kind.DATE, found.start(), found.end())
    for found in _NUMBERS.finditer(text):
        if _names_somebody(text, found.start()):
            yield Found(Kind.DATE, found.start(), found.end())
    for found in _DAY_OF_WEEK.finditer(text):
        yield Found(Kind.DATE, found.start(), found.end())
    for found in _NO_YEAR.finditer(text):
        yield Found(Kind.DATE, found.start("date"), found.end("date"))


def _names_somebody(text: str, start: int) -> bool:
    """Whether the date is not that of a law, nor a part of the name of a place."""
    before = text[max(0, start - _BEFORE) : start]
    return not (_OF_A_TEXT.search(before) or _OF_A_PLACE.search(before))
