"""Objects that may be one: same SIRET, same or near name in the same town. Proposed, never merged here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connections

from nuserus.directory.actions.imports.lists import plain_letters, town_key
from nuserus.directory.actions.imports.turns import Pauses
from nuserus.directory.enums import DuplicateKind, DuplicateReason
from nuserus.directory.models import DuplicateProposal, Import
from nuserus.foundation.asking import as_system

NEAR: Final = 0.75
# A word that as many places of one town share tells nothing.
_TOO_COMMON: Final = 60
_CHUNK: Final = 5_000
_EMPTY_WORDS: Final = frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en", "pour"})

# Institutions without a number: the first programme, and what was added by hand.
_UNNUMBERED: Final = """
SELECT id, name, siret, department_id::text, town_folded FROM directory_institution
WHERE finess IS NULL AND closed_on IS NULL
"""
_PLACES: Final = """
SELECT id, name, siret, commune, '' FROM directory_place
WHERE institution_id IS NULL AND closed_on IS NULL AND (siret <> '' OR commune <> '')
"""
_CHANGED_BY: Final = """
EXISTS (SELECT 1 FROM directory_importchange c WHERE c.import_id = %s AND c.kind = 'institution' AND c.object_id = i.id
  AND c.verb IN ('created', 'updated', 'reopened'))
"""
_INSTITUTIONS: Final = """
SELECT i.id, i.name, i.siret, i.department_id::text, i.town_folded, i.commune FROM directory_institution i
WHERE i.finess IS NOT NULL AND i.closed_on IS NULL
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two objects and why they may be one."""

    first: UUID
    second: UUID
    reason: DuplicateReason
    score: float


class Known:
    """The objects to compare with, found by SIRET, and by the words of their name within their town."""

    def __init__(self, rows: Iterable[tuple[UUID, str, str, str]]) -> None:
        self._by_siret: dict[str, list[UUID]] = defaultdict(list)
        self._by_word: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        self._words: dict[UUID, frozenset[str]] = {}
        for pk, name, siret, town in rows:
            if siret:
                self._by_siret[siret].append(pk)
            if town:
                words = self._words[pk] = words_of(name)
                for word in words:
                    self._by_word[town, word].append(pk)

    def __len__(self) -> int:
        return len(self._words) + len(self._by_siret)

    def like(self, name: str, siret: str, town: str) -> Iterator[tuple[UUID, DuplicateReason, float]]:
        """The objects that may be the one of this name, SIRET and town."""
        told = set()
        for pk in self._by_siret.get(siret, ()) if siret else ():
            told.add(pk)
            yield pk, DuplicateReason.SIRET, 1.0
        words = words_of(name)
        near = {
            pk
            for word in words
            for pk in self._by_word.get((town, word), ())
            if len(self._by_word[town, word]) <= _TOO_COMMON
        }
        for pk in near - told:
            others = self._words[pk]
            score = len(words & others) / len(words | others)
            if words == others:
                yield pk, DuplicateReason.SAME_NAME, 0.95
            elif score >= NEAR:
                yield pk, DuplicateReason.NEAR_NAME, round(score, 3)


def words_of(name: str) -> frozenset[str]:
    """The words of a name that tell something.

    >>> sorted(words_of("Maison de la Solidarité d’Avignon"))
    ['avignon', 'maison', 'solidarite']
    """
    return frozenset(plain_letters(name).split()) - _EMPTY_WORDS


def propose_duplicates(run: Import, pauses: Pauses) -> int:
    """Write the proposals that an import gives rise to; one that was made before is left as it was decided."""
    with as_system("look for duplicates", recorded=False), connections["system"].cursor() as cursor:
        cursor.execute(_UNNUMBERED)
        unnumbered = Known((pk, name, siret, f"{at} {town_key(town)}") for pk, name, siret, at, town in cursor)
        cursor.execute(_PLACES)
        places = Known((pk, name, siret, commune) for pk, name, siret, commune, _town in cursor)
    of_places = run.source not in {"finess-classic", "finess-json"}
    made = 0
    for rows in _institutions(run.pk, everything=of_places):
        with pauses.after():
            pairs = list(_pairs(rows, unnumbered, places, of_places=of_places))
            made += _write(run, pairs)
    return made


def _institutions(run_id: UUID, *, everything: bool) -> Iterator[list[Any]]:
    """The institutions to look at: all of them when places came, those that changed when they came themselves."""
    last = None
    while True:
        condition, values = ("", []) if everything else (f" AND {_CHANGED_BY}", [run_id])
        after = " AND i.id > %s" if last else ""
        query = f"{_INSTITUTIONS}{condition}{after} ORDER BY i.id LIMIT {_CHUNK}"
        with as_system("look for duplicates", recorded=False), connections["system"].cursor() as cursor:
            cursor.execute(query, [*values, *([last] if last else [])])
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield rows


def _pairs(
    rows: list[Any], unnumbered: Known, places: Known, *, of_places: bool
) -> Iterator[tuple[DuplicateKind, Pair]]:
    for pk, name, siret, department, town, commune in rows:
        if not of_places and len(unnumbered):
            for other, reason, score in unnumbered.like(name, siret, f"{department} {town_key(town)}"):
                yield DuplicateKind.INSTITUTIONS, Pair(other, pk, reason, score)
        if len(places):
            for other, reason, score in places.like(name, siret, commune):
                yield DuplicateKind.PLACE_OF_INSTITUTION, Pair(pk, other, reason, score)


def _write(run: Import, pairs: list[tuple[DuplicateKind, Pair]]) -> int:
    if not pairs:
        return 0
    with as_system("propose duplicates", recorded=False):
        DuplicateProposal.objects.bulk_create(
            [
                DuplicateProposal(
                    kind=kind, first=pair.first, second=pair.second, reason=pair.reason, score=pair.score, run=run
                )
                for kind, pair in pairs
            ],
            ignore_conflicts=True,
            batch_size=1_000,
        )
    return len(pairs)
