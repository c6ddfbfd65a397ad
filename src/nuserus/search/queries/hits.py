"""The objects behind what was found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from nuserus.foundation.asking import Asking
from nuserus.search.queries.results import Hit
from nuserus.search.registry import kind_named


def hits_readable_by(asking: Asking, hits: Iterable[Hit]) -> list[Any]:
    """The objects of the hits, in their order, each passed again through the rule of its kind.

    One query per kind. What is gone, or was closed since it was indexed, is left out.
    """
    hits = list(hits)
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for hit in hits:
        by_kind[hit.kind].append(hit.object_id)
    found: dict[tuple[str, UUID], Any] = {}
    for name, ids in by_kind.items():
        kind = kind_named(name)
        for row in kind.rule.filter(kind.rows().filter(pk__in=ids), asking):
            found[name, row.pk] = row
    return [found[hit.kind, hit.object_id] for hit in hits if (hit.kind, hit.object_id) in found]
