"""What is near an object."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connections, router

from nuserus.foundation.asking import Asking
from nuserus.search.models import Entry
from nuserus.search.queries.results import Hit

STRONG_GROUPS = ("dispositif", "famille", "public")
"""Groups of which one value at least must be shared."""


def related_to(
    asking: Asking, object_id: UUID, *, kind: str = "sheet", size: int = 4, strong: Sequence[str] = STRONG_GROUPS
) -> tuple[Hit, ...]:
    """Objects of the same kind that share most with this one, among those that the asker may read.

    Empty for an object that the asker may not read. Pass them through `hits_readable_by`.
    """
    with connections[router.db_for_read(Entry)].cursor() as cursor:
        cursor.execute(
            "SELECT object_id, kind FROM nuserus_related(%s, %s, %s, %s)", [kind, object_id, list(strong), size]
        )
        return tuple(Hit(found_kind, found) for found, found_kind in cursor.fetchall())
