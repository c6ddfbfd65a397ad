"""Keeping the index true to what it finds."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import connections, router
from procrastinate.contrib.django import app

from nuserus.foundation.models.base import new_id
from nuserus.search.models import Entry
from nuserus.search.queries.analysed import analysed
from nuserus.search.registry import Document, kind_named

TASK = "nuserus.search.tasks.index"


def index_object(*, kind: str, object_id: UUID) -> None:
    """Bring the entry of one object to what the object now is, in the caller's transaction.

    An object that is gone, or whose kind gives no document, is taken out. Where the person who asks
    may not write the entry (somebody else's trial changes the ladder of a sheet), a job does it from
    what is committed. Raises KeyError for a kind that nobody registered.
    """
    known = kind_named(kind)
    found = known.rows().filter(pk=object_id).first()
    document = known.document(found) if found is not None else None
    written = (
        _remove(kind, object_id)
        if document is None
        else put_document(kind=kind, object_id=object_id, document=document)
    )
    if not written:
        index_soon(kind=kind, object_id=object_id)


def index_soon(*, kind: str, object_id: UUID) -> None:
    """Let a job of the system index the object once the caller's transaction is committed."""
    app.configure_task(TASK).defer(kind=kind, object_id=str(object_id))


def remove_object(*, kind: str, object_id: UUID) -> None:
    """Take an object out of the index, at once where the person may write its entry, else by a job."""
    if not _remove(kind, object_id):
        index_soon(kind=kind, object_id=object_id)


def _remove(kind: str, object_id: UUID) -> bool:
    return _call("SELECT nuserus_index_remove(%s, %s)", [kind, object_id])


def put_document(*, kind: str, object_id: UUID, document: Document) -> bool:
    """Write the entry of an object; false, and nothing written, where the person may not."""
    scope, read = document.scope, analysed(document)
    return _call(
        "SELECT nuserus_index_put(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            new_id(),
            kind,
            object_id,
            str(scope.scope_level),
            scope.scope_institution,
            scope.scope_group,
            scope.scope_author,
            scope.scope_mission,
            read.title,
            read.head,
            read.vector,
            read.facets,
            list(read.words),
            [display for display, _ in read.words.values()],
            [stem for _, stem in read.words.values()],
            document.published_at,
            document.step,
            document.trials,
            document.stale,
        ],
    )


def _call(statement: str, values: list[Any]) -> bool:
    with connections[router.db_for_write(Entry)].cursor() as cursor:
        cursor.execute(statement, values)
        (written,) = cursor.fetchone()
    return bool(written)
