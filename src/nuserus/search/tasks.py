"""Indexing that the person who asked may not do, or need not wait for."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.foundation.asking import as_system
from nuserus.search.actions.index_object import TASK, index_object


@app.task(name=TASK, retry=3)
def index(*, kind: str, object_id: str) -> None:
    """Index one object as the system, from what is committed."""
    with as_system("index an object"):
        index_object(kind=kind, object_id=UUID(object_id))
