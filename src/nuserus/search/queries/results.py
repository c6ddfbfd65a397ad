"""What a search answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: its kind and its id."""

    kind: str
    object_id: UUID


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many results there would be with this value of a facet, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of the query as they were read, with the other wordings that were looked for."""

    words: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of results.

    `total` is exact below `queries.search.COUNTED`; `capped` says that there are at least so many.
    `relaxed`: nothing has every word, so these have most of them. `suggestion`: the query with the
    words that nobody wrote replaced by near ones, empty where there is none.
    """

    query: str
    hits: tuple[Hit, ...]
    total: int
    page: int
    pages: int
    capped: bool = False
    facet_counts: Mapping[str, tuple[FacetCount, ...]] = field(default_factory=dict)
    interpretation: tuple[Understood, ...] = ()
    relaxed: bool = False
    suggestion: str = ""

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The ids of the page, best first."""
        return tuple(hit.object_id for hit in self.hits)
