"""Numbers and dates, as they are hard to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from nuserus_analysis.plain.advice import RULES, Advice
from nuserus_analysis.plain.sentences import Sentence

NUMBERS = {
    "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7", "huit": "8", "neuf": "9",
    "dix": "10", "onze": "11", "douze": "12", "treize": "13", "quatorze": "14", "quinze": "15", "seize": "16",
    "dix-sept": "17", "dix-huit": "18", "dix-neuf": "19", "vingt": "20", "trente": "30", "quarante": "40",
    "cinquante": "50", "soixante": "60", "soixante-dix": "70", "quatre-vingts": "80", "quatre-vingt-dix": "90",
    "cent": "100",
}  # fmt: skip
LARGE = 1000
# A large number before one of these is a year or a code, that is read as it is.
_YEAR = range(1900, 2101)
_ROMAN = re.compile(r"\b(?=[IVXLC]{2,}(?:e|ᵉ|ème|er)?\b)X{0,3}(?:IX|IV|V?I{0,3})(?:e|ᵉ|ème|er)?\b|\b[VX](?:e|ᵉ|ème)\b")
_PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%|\bpour cent\b|\bpourcentages?\b", re.IGNORECASE)
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b")
_NUMBER = re.compile(r"(?<![\d/.,-])\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)|(?<![\d/.,-])\d{4,}(?![\d/-])")
_MILLIONS = re.compile(r"\b(?:milliers?|millions?|milliards?|mille)\b", re.IGNORECASE)
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def read_figures(text: str, sentences: Sequence[Sentence]) -> Iterator[Advice]:
    """Numbers in letters, large ones, percentages, Roman figures, dates in figures."""
    for sentence in sentences:
        for word in sentence.words:
            if word.low in NUMBERS:
                yield Advice(RULES["number_word"], word.start, word.end, word.text, NUMBERS[word.low])
    for rule, pattern, instead in _PATTERNS:
        for found in pattern.finditer(text):
            proposed = instead(found.group())
            if proposed is not None:
                yield Advice(RULES[rule], found.start(), found.end(), found.group(), proposed)


def _date_said(written: str) -> str:
    day, month, year = re.split(r"[/.-]", written)
    if not 1 <= int(month) <= 12:
        return ""
    return f"{int(day)} {MONTHS[int(month) - 1]} {year if len(year) == 4 else f'20{year}'}"


def roman_value(written: str) -> int:
    """What Roman figures are worth; 0 when they are none.

    >>> roman_value("XIXe")
    19
    """
    letters = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    figures = [letters[letter] for letter in written if letter in letters]
    total = 0
    for rank, figure in enumerate(figures):
        total += -figure if rank + 1 < len(figures) and figures[rank + 1] > figure else figure
    return total


def _beaucoup(written: str) -> str | None:
    """« beaucoup » for a large number; None for a year, which is read as it is."""
    value = int(re.sub(r"\D", "", written))
    plain_year = written.isdigit() and value in _YEAR
    return "beaucoup" if value >= LARGE and not plain_year else None


def _roman_said(written: str) -> str | None:
    value = roman_value(written)
    return str(value) if value else None


_PATTERNS: tuple[tuple[str, re.Pattern[str], Callable[[str], str | None]], ...] = (
    ("date", _DATE, _date_said),
    ("percentage", _PERCENT, lambda _written: ""),
    ("large_number", _NUMBER, _beaucoup),
    ("large_number", _MILLIONS, lambda _written: "beaucoup"),
    ("roman", _ROMAN, _roman_said),
)
