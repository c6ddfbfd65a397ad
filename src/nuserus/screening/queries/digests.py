"""Digests: of a text, and of words whatever their case, accents and signs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from uuid import UUID

from nuserus_analysis.screening import Span, folded_words
from nuserus_analysis.screening.tokens import words_of

# Words of the longest name that is looked for again.
LONGEST = 5


def text_digest(text: str) -> str:
    """Which text it was."""
    return hashlib.sha256(text.encode()).hexdigest()


def words_digest(object_id: UUID, kind: str, words: str) -> str:
    """Which words they were, of one kind in one object: two objects do not share digests."""
    said = " ".join(folded_words(words)) or words
    return hashlib.sha256(f"{object_id} {kind} {said}".encode()).hexdigest()


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
