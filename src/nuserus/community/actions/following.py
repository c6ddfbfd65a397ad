"""Questions follow the device that theirs was merged into."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from nuserus.community.queries.documents import KIND
from nuserus.search.actions.index_object import index_object


def follow_device(gone: str, kept: str) -> None:
    """Have every question name the kept device; the index follows. As the moderator who merges."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT community_follow_device(%s, %s)", [gone, kept])
        changed = [UUID(str(row[0])) for row in cursor.fetchall()]
    for question_id in changed:
        index_object(kind=KIND, object_id=question_id)
