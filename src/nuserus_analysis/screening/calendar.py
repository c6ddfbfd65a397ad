"""The months and days of the week, as people write them."""

from __future__ import annotations

from nuserus_analysis.text import fold

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

# Every way a month is written after the number of a day; « mar » is a day of the week.
MONTH_WORDS = (
    r"(?:janvier|janv?\.?|f[ée]vrier|f[ée]vr?\.?|mars|avril|avr\.?|mai|juin|juillet|juil?\.?|ao[ûu]t|septembre|sept?\.?|"
    r"octobre|oct\.?|novembre|nov\.?|d[ée]cembre|d[ée]c\.?)"
)
DAY_WORDS = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"


def month_named(word: str) -> str:
    """The month in full, from a word or the start of one; "" when it is none.

    >>> month_named("déc."), month_named("fév"), month_named("tablette")
    ('décembre', 'février', '')
    """
    start = fold(word.rstrip("."))
    return next((month for month in MONTHS if len(start) >= 3 and fold(month).startswith(start)), "")
