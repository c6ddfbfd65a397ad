"""What is asked of the search page, read from its address: never an error, whatever stands there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from nuserus.practices.queries.facets import FACET_NAMES
from nuserus.search.queries.asked import clean_facets, clean_query

NEWEST = "recent"
_CHOSEN_ELSEWHERE = ("dispositif",)
_HIGHEST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, facets as pairs of name and value in the order chosen, order, page.

    `at_hand`: only with the devices of one's own places.
    """

    q: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    at_hand: bool = False
    newest: bool = False
    page: int = 1

    def by_name(self) -> dict[str, list[str]]:
        """Chosen values by facet."""
        chosen: dict[str, list[str]] = {}
        for name, value in self.facets:
            chosen.setdefault(name, []).append(value)
        return chosen

    def without_facet(self, name: str, value: str) -> Asked:
        """The same search without a value."""
        kept = tuple(pair for pair in self.facets if pair != (name, value))
        return replace(self, facets=kept, page=1)

    def address(self) -> str:
        """The query string of this search, with its question mark; page 1 is not said."""
        return f"?{urlencode(list(self._pairs()))}"

    def hidden_fields(self) -> list[tuple[str, str]]:
        """What the form of the search box must carry beside the words."""
        return [pair for pair in self._pairs() if pair[0] not in ("q", "page")]

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.q:
            yield "q", self.q
        yield from self.facets
        if self.at_hand:
            yield "materiel", "1"
        if self.newest:
            yield "tri", NEWEST
        if self.page > 1:
            yield "page", str(self.page)


def asked_in(query: QueryDict) -> Asked:
    """The search that an address asks for."""
    names = [*FACET_NAMES, *_CHOSEN_ELSEWHERE]
    chosen = clean_facets({name: query.getlist(name) for name in names if name in query})
    page = query.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1
    return Asked(
        q=clean_query(query.get("q", "")),
        facets=tuple((name, value) for name, values in chosen.items() for value in values),
        at_hand=query.get("materiel", "") == "1",
        newest=query.get("tri", "") == NEWEST,
        page=min(max(number, 1), _HIGHEST_PAGE),
    )
