"""Looking for something."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from django.db import connections, router

from nuserus.foundation.asking import Asking
from nuserus.search.models import Entry
from nuserus.search.queries.asked import Facets, clean_facets, clean_query, facet
from nuserus.search.queries.lexemes import ts_all, ts_any, ts_group, ts_most
from nuserus.search.queries.results import FacetCount, Hit, Results, Understood
from nuserus.search.queries.spelling import near_query
from nuserus.search.queries.synonyms import Wordings, wordings
from nuserus.search.statements import COUNTED, RANKED
from nuserus_analysis.text import Query, tokens_for_query

PAGE_SIZE = 20

Found = tuple[tuple[Hit, ...], int]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where to look, and which page of what is found."""

    kinds: list[str]
    chosen: Mapping[str, list[str]]
    page: int
    size: int

    @property
    def chosen_json(self) -> str:
        return json.dumps([[facet(group, value) for value in values] for group, values in self.chosen.items()])


def search(  # noqa: PLR0913 (each narrows the search in its own way)
    asking: Asking,
    q: str = "",
    facets: Facets | None = None,
    page: int = 1,
    *,
    kinds: Sequence[str] = ("sheet",),
    size: int = PAGE_SIZE,
    count_facets: bool = True,
) -> Results:
    """What the asker may read and that has every word of `q` (or most, where none has all).

    Values of one facet group widen each other, groups narrow each other; the counts of a group do
    not see its own choice. Without words, the newest first. Any string is a query: see
    `nuserus_analysis.text`. With words, the RANKED best can be read page by page; beyond, other words
    help more than another page. The database applies the scope of the person it was told about, who
    must be `asking`; the caller passes what is found through its rule (`hits_readable_by`).
    """
    query, known = clean_query(q), wordings()
    read = tokens_for_query(query, synonyms=known.table)
    place = _Place(list(kinds), clean_facets(facets or {}), max(page, 1), size)
    asked, relaxed, (hits, total) = _find(read, place)
    return Results(
        query=query,
        hits=hits,
        total=total,
        page=place.page,
        pages=ceil((min(total, RANKED) if asked else total) / size),
        capped=total >= COUNTED,
        facet_counts=_count(asked, place) if count_facets else {},
        interpretation=_interpretation(read, known),
        relaxed=relaxed,
        suggestion=near_query(query) if read.groups and (relaxed or not total) else "",
    )


def _find(read: Query, place: _Place) -> tuple[str, bool, Found]:
    """Ask for all the words, then for all but one, then for any; says with what it found."""
    asked = ts_all(read.groups)
    found = _ask(asked, [], place)
    if found[1] or len(read.groups) < 2:
        return asked, False, found
    parts = [ts_group(group) for group in read.groups]
    for relaxed in dict.fromkeys((ts_most(read.groups), ts_any(read.groups))):
        found = _ask(relaxed, parts, place)
        if found[1]:
            return relaxed, True, found
    return asked, False, found


def _ask(asked: str, parts: list[str], place: _Place) -> Found:
    skip = min((place.page - 1) * place.size, COUNTED)
    with connections[router.db_for_read(Entry)].cursor() as cursor:
        cursor.execute(
            "SELECT * FROM nuserus_search(%s, %s, %s, %s, %s, %s)",
            [asked, parts, place.kinds, place.chosen_json, place.size, skip],
        )
        ids, found_kinds, total = cursor.fetchone()
    pairs: list[tuple[UUID, str]] = list(zip(ids or (), found_kinds or (), strict=True))
    return tuple(Hit(kind, object_id) for object_id, kind in pairs), total


def _count(asked: str, place: _Place) -> dict[str, tuple[FacetCount, ...]]:
    """Counts by group, the most frequent values first; a chosen value that finds nothing stays, with 0."""
    with connections[router.db_for_read(Entry)].cursor() as cursor:
        cursor.execute("SELECT * FROM nuserus_search_facets(%s, %s, %s)", [asked, place.kinds, place.chosen_json])
        rows = cursor.fetchall()
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for group, values in place.chosen.items():
        counts[group] = dict.fromkeys(values, 0)
    for found, number in rows:
        group, _, value = found.partition(":")
        counts[group][value] = number
    return {
        group: tuple(
            FacetCount(value, number, value in place.chosen.get(group, ()))
            for value, number in sorted(values.items(), key=lambda item: (-item[1], item[0]))
        )
        for group, values in sorted(counts.items())
    }


def _interpretation(read: Query, known: Wordings) -> tuple[Understood, ...]:
    return tuple(
        Understood(
            group.text,
            tuple(known.written[wording] for wording in group.alternatives[1:] if wording in known.written),
        )
        for group in read.groups
    )
