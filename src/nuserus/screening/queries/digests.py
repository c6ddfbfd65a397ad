"""Digests: of a text, and of words whatever their case, accents and signs.

They are keyed with the site's secret: a name is short, and who steals a table could try them all.
Another secret makes decisions be asked once more, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.utils.crypto import salted_hmac

from nuserus_analysis.screening import Span, folded_words
from nuserus_analysis.screening.tokens import words_of

# Words of the longest name that is looked for again.
LONGEST = 5


def text_digest(text: str) -> str:
    """Which text it was."""
    return salted_hmac("nuserus.screening.text", text, algorithm="sha256").hexdigest()


def words_digest(object_id: UUID, kind: str, words: str) -> str:
    """Which words they were, of one kind in one object: two objects do not share digests."""
    said = " ".join(folded_words(words)) or words
    return salted_hmac("nuserus.screening.words", f"{object_id} {kind} {said}", algorithm="sha256").hexdigest()


def spans_with(object_id: UUID, kind: str, digests: set[str], text: str) -> Iterator[Span]:
    """Where words of these digests stand in the text: one to five words that begin with a capital."""
    if not digests:
        return
    words = words_of(text)
    for first, word in enumerate(words):
        if not word.is_capitalised:
            continue
        for last in range(min(first + LONGEST, len(words)) - 1, first - 1, -1):
            said = text[word.start : words[last].end]
            if words_digest(object_id, kind, said) in digests:
                yield Span(word.start, words[last].end)
                break
