"""Postal addresses: a number and a street, a hamlet and its postal code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.flags import Found, Kind

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŒ]"
_PARTICLE = r"(?:de\s+la|de\s+l['’]|d['’]|l['’]|du|des|de|le|la|les|aux|au|à|en|sur|sous|lès|et)"
_NAMED = rf"(?:{_PARTICLE}\s*)*(?:{_CAPITAL}[\w'’.-]*|\d{{1,2}}(?:er)?[\s-]{_CAPITAL}?[^\W\d_]+[\s-]\d{{4}})"
_NAMED_ON = rf"{_NAMED}(?:[\s-]+{_NAMED})*"
# Words that are nothing but streets, and words that have another meaning when the name is not a name.
_STREET = (
    r"(?:rue|ruelle|avenue|av\.?|ave\.?|boulevard|boul\.|bd\.?|bld\.?|blvd\.?|impasse|imp\.|allées?|chemin|square|"
    r"venelle|lotissement|faubourg|fbg\.?|hameau)"
)
_OTHER = (
    r"(?:place|pl\.|cours|passage|route|rte\.?|quai|cité|villa|voie|côte|montée|clos|mail|parvis|promenade|esplanade|"
    r"rond-point|sentier|résidence|ch\.|sq\.|all\.|r\.)"
)
_NUMBER = r"\d{1,4}\s?(?:bis|ter|quater|[A-Da-d]\b)?\s?,?\s+"
_TOWN = rf"\s*,?\s+\d{{5}}\s+{_CAPITAL}[\w'’-]*(?:[\s-]+{_CAPITAL}[\w'’-]*)*"
_INSIDE = r"(?:\s*,?\s+(?:bât(?:iment|\.)?|bat\.?|esc(?:alier|\.)?|appt?\.?|appartement|étage)\s+\w{1,4}\b)"
_ADDRESS = re.compile(
    rf"(?<!\d)(?:"
    rf"{_NUMBER}(?i:{_STREET})\s+(?:{_NAMED_ON}|(?:(?i:{_PARTICLE})\s*)+[^\W\d_]+)"
    rf"|{_NUMBER}(?i:{_OTHER})\s+{_NAMED_ON}"
    rf"|(?i:lieu-?\s?dit)\s+«?\s?{_NAMED_ON}\s?»?"
    rf"){_INSIDE}*(?:{_TOWN})?"
    rf"|\b(?i:{_STREET}|{_OTHER})\s+{_NAMED_ON}{_TOWN}"
)
_NUMBER_APART = re.compile(
    rf"\b(?:au|le)\s+(?:n[°o]\.?\s?|numéro\s+)?(?P<whole>\d{{1,4}}\s+(?:de\s+la|du|de\s+l['’]|des)\s+(?i:{_STREET})\s+{_NAMED_ON})"
)


def find_addresses(text: str) -> Iterator[Found]:
    """Streets with a number, « lieu-dit » with a name, each with the town that follows. A street alone is none."""
    for found in _ADDRESS.finditer(text):
        yield Found(Kind.ADDRESS, found.start(), found.end() - _trailing(found.group()))
    for found in _NUMBER_APART.finditer(text):
        yield Found(Kind.ADDRESS, found.start("whole"), found.end("whole"))


def _trailing(words: str) -> int:
    return len(words) - len(words.rstrip(" \u00a0.-'’"))
