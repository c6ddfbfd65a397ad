"""Questions that answer a search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nuserus.community.models import Question
from nuserus.community.queries.documents import KIND
from nuserus.foundation.asking import Asking
from nuserus.search.queries.hits import hits_readable_by
from nuserus.search.queries.search import search


def questions_found(
    asking: Asking, words: str, facets: Mapping[str, Sequence[str]] | None = None, *, limit: int = 4
) -> list[Question]:
    """The questions nearest to these words, behind the floor; none without words."""
    if not words.strip():
        return []
    results = search(asking, words, facets or {}, kinds=[KIND], size=limit, count_facets=False)
    if results.relaxed:
        return []
    found: list[Question] = hits_readable_by(asking, results.hits)
    return found
