"""Words that nobody wrote, and near ones that somebody did."""

from __future__ import annotations

from django.db import connections, router

from nuserus.search.models import VocabularyWord
from nuserus_analysis.text import Token, analyse, fold, stem

MAX_WORDS = 6
MIN_LETTERS = 4
LONG_WORD = 7


def near_query(query: str) -> str:
    """The query with each unknown word replaced by the nearest known one; empty where none changes.

    Near: one letter added, removed, changed or swapped with its neighbour, two from LONG_WORD
    letters on. The first letter is taken as right.
    """
    corrected, at = "", 0
    for token in analyse(query)[:MAX_WORDS]:
        near = _nearest(token)
        if near:
            corrected += query[at : token.start] + near
            at = token.end
    return corrected + query[at:] if corrected else ""


def _nearest(token: Token) -> str:
    typed = fold(token.text)
    if len(typed) < MIN_LETTERS or not typed.isalpha():
        return ""
    allowed = 2 if len(typed) >= LONG_WORD else 1
    with connections[router.db_for_read(VocabularyWord)].cursor() as cursor:
        cursor.execute(
            "SELECT * FROM nuserus_near_words(%s, %s, %s)", [typed[0], len(typed) - allowed, len(typed) + allowed]
        )
        known = cursor.fetchall()
    if any(stem(folded) == token.stem for folded, _, _ in known):
        return ""
    measured = ((distance(typed, folded, allowed), -found, display) for folded, display, found in known)
    best = min(measured, default=(allowed + 1, 0, ""))
    return best[2] if best[0] <= allowed else ""


def distance(one: str, other: str, most: int) -> int:
    """Edits (letter added, removed, changed, two neighbours swapped) from one word to the other.

    Optimal string alignment; any number above `most` stands for "too far".

    >>> distance("tabelt", "tablet", 2), distance("robot", "robots", 2), distance("lit", "musique", 2)
    (1, 1, 3)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
