"""Entries of the index for tests, written by the system without any object behind them."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone

from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.search.actions.index_object import put_document
from nuserus.search.registry import Document

_minutes = count()
_START = timezone.now() - timedelta(days=30)


class FakeScope:
    """The scope columns alone."""

    def __init__(self, level: Level = Level.PUBLIC, **ids: UUID | None) -> None:
        self.scope_level: str = level
        self.scope_institution = ids.get("institution")
        self.scope_group = ids.get("group")
        self.scope_author = ids.get("author")
        self.scope_mission = ids.get("mission")


def make_entry(
    title: str,
    *,
    level: Level = Level.PUBLIC,
    kind: str = "sheet",
    published_at: datetime | None = None,
    object_id: UUID | None = None,
    **fields: Any,
) -> UUID:
    """An entry; `institution`, `group`, `author`, `mission` give its scope. Returns the object's id.

    Each is published one minute after the one before.
    """
    ids = {key: fields.pop(key) for key in ("institution", "group", "author", "mission") if key in fields}
    found = object_id or new_id()
    with as_system("test data"):
        put_document(
            kind=kind,
            object_id=found,
            document=Document(
                scope=FakeScope(level, **ids),
                title=title,
                published_at=published_at or _START + timedelta(minutes=next(_minutes)),
                **fields,
            ),
        )
    return found
