"""Ends of the word being typed."""

from __future__ import annotations

from django.db import connections, router

from nuserus.foundation.asking import Asking
from nuserus.search.models import VocabularyWord
from nuserus.search.queries.asked import clean_query
from nuserus_analysis.text import analyse, fold

MIN_LETTERS = 2
MAX_SUGGESTIONS = 8


def suggest(asking: Asking, prefix: str) -> list[str]:
    """The query with its last word completed, the most frequent words first.

    Only words of texts that the asker's level may read: public ones, and those of the network for
    verified professionals. Empty while the last word has less than two letters.
    """
    query = clean_query(prefix)
    tokens = analyse(query, keep_stop_words=True)
    if not tokens or tokens[-1].end != len(query) or prefix[-1:].isspace():
        return []
    last = tokens[-1]
    typed = fold(last.text)
    if len(typed) < MIN_LETTERS:
        return []
    with connections[router.db_for_read(VocabularyWord)].cursor() as cursor:
        cursor.execute("SELECT display FROM nuserus_suggest(%s, %s)", [typed, MAX_SUGGESTIONS])
        return [f"{query[: last.start]}{display}" for (display,) in cursor.fetchall()]
