"""The synonyms of the instance, ready for the analyser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max, QuerySet

from nuserus.search.models import Synonym
from nuserus_analysis.text import (
    ACRONYM_RINGS,
    Stems,
    Synonyms,
    acronym_synonyms,
    build_synonyms,
    merge_synonyms,
    stems_of,
)


@dataclass(frozen=True, slots=True)
class Wordings:
    """The synonym table, and how each of its sequences of stems is written."""

    table: Synonyms
    written: dict[Stems, str]


def all_synonyms() -> QuerySet[Synonym]:
    """Every line of synonyms, in alphabetical order."""
    return Synonym.objects.all()


def wordings() -> Wordings:
    """Acronyms of the field and synonyms of the moderators. One small query once they are read."""
    state = Synonym.objects.aggregate(lines=Count("pk"), changed=Max("changed_at"))
    return _wordings(state["lines"], state["changed"])


@lru_cache(maxsize=2)
def _wordings(lines: int, changed: datetime | None) -> Wordings:
    """Read again when a line was added, changed or removed: the two arguments say so."""
    rows = list(Synonym.objects.values_list("terms", "one_way"))
    rings = [terms for terms, one_way in rows if not one_way]
    narrower = [(terms[0], terms[1:]) for terms, one_way in rows if one_way and terms]
    written: dict[Stems, str] = {}
    for terms in (*ACRONYM_RINGS, *(terms for terms, _ in rows)):
        for term in terms:
            written.setdefault(stems_of(term), term)
    return Wordings(merge_synonyms(acronym_synonyms(), build_synonyms(rings, narrower)), written)
