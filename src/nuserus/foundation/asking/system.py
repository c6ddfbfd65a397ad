"""The system role: importers, erasure, grants of role. Rare, and audited each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_reason: ContextVar[str | None] = ContextVar("nuserus_system_reason", default=None)


def system_reason() -> str | None:
    """Why we act as the system here and now; None when we do not."""
    return _reason.get()


@contextmanager
def as_system(reason: str, *, recorded: bool = True) -> Iterator[None]:
    """Send every query to the connection of the system role, in a transaction of its own.

    It is another connection: it does not see what the caller has not committed yet, and what it
    does stays done when the caller rolls back. The reason is written in the audit journal; only the
    upkeep of the journal itself says `recorded=False`.
    """
    if not reason.strip():
        raise ValueError("as_system needs a reason")
    from nuserus.foundation.asking.scope import current_asking
    from nuserus.foundation.audit import record

    nested = _reason.get() is not None
    asking = current_asking()
    token = _reason.set(reason)
    try:
        with transaction.atomic(using="system"):
            if recorded and not nested:
                record(f"system: {reason}", actor=asking.user_id if asking else None)
            yield
    finally:
        _reason.reset(token)
