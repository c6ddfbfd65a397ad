"""Sheets follow the device that theirs was merged into."""

from __future__ import annotations

from uuid import UUID

from django.core.cache import caches
from django.db import connection, transaction

from nuserus.practices.queries.documents import KIND
from nuserus.search.actions.index_object import index_object


def follow_device(gone: str, kept: str) -> None:
    """Have every sheet, its versions and its answers name the kept device; the index follows.

    Called in the transaction of the merge, as the moderator who merges.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT practices_follow_device(%s, %s)", [gone, kept])
        published = [UUID(str(row[0])) for row in cursor.fetchall()]
    for sheet_id in published:
        index_object(kind=KIND, object_id=sheet_id)
    transaction.on_commit(caches["local"].clear)
