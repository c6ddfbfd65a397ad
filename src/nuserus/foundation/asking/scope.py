"""Saying to the database who is asking, for the length of one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import Cursor

from nuserus.foundation.asking.asking import ANONYMOUS, Asking
from nuserus.foundation.asking.standing import STANDINGS, standing_query

_current: ContextVar[Asking | None] = ContextVar("nuserus_asking", default=None)

_NOBODY = ", ".join(f"set_config('nuserus.{kind}', '', true)" for kind in STANDINGS)
_SAY_WHO = f"SELECT {_NOBODY}, set_config('nuserus.asked', 'yes', true), set_config('nuserus.user', %s, true)"


def current_asking() -> Asking | None:
    """Who is asking here and now; None when nobody said."""
    return _current.get()


@contextmanager
def acting_as(user_id: UUID | None, *, using: str = "default") -> Iterator[Asking]:
    """Open a transaction (or a savepoint in one) in which `user_id` asks; None is a visitor.

    What was said before is said again at the end: by the database itself when the savepoint is
    rolled back, by us when it is kept.
    """
    before = _current.get()
    nested = connections[using].in_atomic_block
    with transaction.atomic(using=using):
        asking = say_who_asks(user_id, using=using)
        token = _current.set(asking)
        try:
            yield asking
        finally:
            _current.reset(token)
        if nested and not connections[using].needs_rollback:
            _say_again(before, using=using)


def say_who_asks(user_id: UUID | None, *, using: str = "default") -> Asking:
    """Tell the open transaction who asks and read back what they stand on."""
    with connections[using].cursor() as cursor:
        cursor.execute(_SAY_WHO, [str(user_id) if user_id else ""])
        if user_id is None:
            return ANONYMOUS
        said = dict(zip(STANDINGS, _standing(cursor), strict=True))
    return Asking(
        user_id=user_id,
        roles=frozenset(_elements(said["roles"])),
        institutions=_uuids(said["institutions"]),
        managed=_uuids(said["managed"]),
        groups=_uuids(said["groups"]),
        missions=_uuids(said["missions"]),
        verified=said["verified"] == "yes",
    )


def _standing(cursor: CursorWrapper) -> tuple[str, ...]:
    """Run the query of standings, planned once per connection: it is long, constant and in every request.

    psycopg prepares nothing by itself here (`prepare_threshold` of the settings), only what asks for it.
    """
    with Cursor(cursor.connection) as prepared:
        row: tuple[str, ...] | None = prepared.execute(standing_query(), prepare=True).fetchone()
    if row is None:
        raise RuntimeError("The query of standings gives one row, always")
    return row


def _say_again(before: Asking | None, *, using: str) -> None:
    if before is not None:
        say_who_asks(before.user_id, using=using)
        return
    with connections[using].cursor() as cursor:
        cursor.execute(f"{_SAY_WHO}, set_config('nuserus.asked', '', true)", [""])


def _elements(array: str) -> list[str]:
    """Elements of a PostgreSQL array literal of identifiers: none holds a comma, quote or brace."""
    return [element for element in array.strip("{}").split(",") if element]


def _uuids(array: str) -> frozenset[UUID]:
    return frozenset(UUID(element) for element in _elements(array))
