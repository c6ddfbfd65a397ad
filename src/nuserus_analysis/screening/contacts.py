"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.flags import Found, Kind

# Ten digits of a French number, or what stands for the first: in pairs, or spaced in any way.
_FRENCH = r"(?:(?:\+|00)\s?33[\s.\-]?(?:\(0\))?[\s.\-]?[1-9]|0[1-9])"
_TELEPHONE = re.compile(
    r"(?<![\d+])(?<!\d[\s.\-])(?:"
    rf"{_FRENCH}(?:(?:[\s.\-/]?|\s[.\-/]\s)\d{{2}}){{4}}"
    rf"|{_FRENCH}(?:[\s.]?\d){{8}}"
    r"|(?:\+|00)(?!33)[1-9]\d{0,2}(?:[\s.\-]?\d){7,12}"
    r")(?![\s.\-]?\d)"
)
# Shorter or foreign numbers, when the sentence says that one may call them.
_CALLED = re.compile(
    r"\b(?:t[ée]l(?:[ée]phone)?\.?|portable|joindre|joignable|appel(?:er|ez|le))\b[^\d\n]{0,25}(?P<number>\d(?:[\s.\-/]?\d){7,11})(?![\s.\-]?\d)",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\bposte\s+(?:n[°o]\s?)?\d{3,5}(?!\d)", re.IGNORECASE)
_EMAIL = re.compile(
    r"(?<![\w.+%-])[^\W_][\w.+%'-]*"
    r"(?:@|\s?[(\[]\s?(?:at|arobase|arobas|@)\s?[)\]]\s?|\s(?:arobase|arobas)\s)"
    r"[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,}",
    re.IGNORECASE,
)


def find_telephones(text: str) -> Iterator[Found]:
    """Numbers with ten digits, with a country before them, that the sentence says to call, and extensions."""
    for found in _TELEPHONE.finditer(text):
        yield Found(Kind.TELEPHONE, found.start(), found.end())
    for found in _CALLED.finditer(text):
        yield Found(Kind.TELEPHONE, found.start("number"), found.end("number"))
    for found in _EXTENSION.finditer(text):
        yield Found(Kind.TELEPHONE, found.start(), found.end())


def find_emails(text: str) -> Iterator[Found]:
    """Addresses with an at sign, written out or not."""
    for found in _EMAIL.finditer(text):
        yield Found(Kind.EMAIL, found.start(), found.end())
