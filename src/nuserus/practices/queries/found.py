"""Sheets that a search found, and those near one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Deployment
from nuserus.devices.rules import can_read_deployment
from nuserus.foundation.asking import Asking
from nuserus.practices.queries.documents import KIND
from nuserus.practices.queries.listed_at_once import listed_in_order
from nuserus.practices.queries.listing import Listed
from nuserus.practices.queries.sheets import sheets_visible_to
from nuserus.search.queries.related import related_to
from nuserus.search.queries.results import Results
from nuserus.search.queries.search import PAGE_SIZE, search
from nuserus.search.statements import RANKED


@dataclass(frozen=True, slots=True)
class FoundSheets:
    """What a search answers, with the sheets of the page, ready for cards.

    `readable`: how many can be reached page by page.
    """

    results: Results
    sheets: list[Listed]

    @property
    def readable(self) -> int:
        return min(self.results.total, RANKED) if self.results.query else self.results.total


def find_sheets(
    asking: Asking, q: str, facets: Mapping[str, Sequence[str]], page: int, *, newest: bool = False
) -> FoundSheets:
    """One page of the sheets that answer; without words, or if asked, the newest first."""
    if not (newest and q.strip()):
        results = search(asking, q, facets, page, kinds=[KIND])
        return FoundSheets(results, listed_in_order(asking, results.ids))
    results = search(asking, q, facets, 1, kinds=[KIND], size=RANKED)
    start = (page - 1) * PAGE_SIZE
    matching = sheets_visible_to(asking).filter(pk__in=results.ids).order_by("is_stale", "-published_at", "id")
    ids = list(matching.values_list("pk", flat=True)[start : start + PAGE_SIZE])
    return FoundSheets(results, listed_in_order(asking, ids))


def related_ids(asking: Asking, sheet_id: UUID, limit: int = 3) -> list[UUID]:
    """The ids of the sheets that share most with this one; none when the person may not read it."""
    return [hit.object_id for hit in related_to(asking, sheet_id, kind=KIND, size=limit)]


def devices_at_hand(asking: Asking) -> list[str]:
    """Slugs of the devices in the inventories of the person's places; what was abandoned is left out."""
    if not asking.institutions:
        return []
    ours = can_read_deployment.filter(Deployment.objects.filter(institution__in=asking.institutions), asking)
    kept = ours.exclude(stage=AppropriationStage.ABANDONED).order_by("device__slug")
    return list(kept.values_list("device__slug", flat=True).distinct())
