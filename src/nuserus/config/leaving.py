"""The connections of a thread, closed when the thread ends.

The web server ends a thread that has had nothing to do for a while, and starts another when it is needed.
Django's connections stand in cycles of objects, which only a rare collection breaks: without this, each
thread that ends leaves its connections open, and the few places of the database are soon all taken.
"""

from __future__ import annotations

import contextlib
import threading
from typing import Any

from django.db.backends.signals import connection_created


class _Opened:
    """What one thread has opened, by alias. Nothing refers back to it: it goes with the thread, at once."""

    def __init__(self) -> None:
        self.by_alias: dict[str, Any] = {}

    def __del__(self) -> None:
        for opened in self.by_alias.values():
            with contextlib.suppress(Exception):
                opened.close()


_thread = threading.local()


def _remember(*, connection: Any, **_more: object) -> None:
    if not hasattr(_thread, "opened"):
        _thread.opened = _Opened()
    _thread.opened.by_alias[connection.alias] = connection.connection


def close_with_threads() -> None:
    """From now on, a thread that ends closes what it opened."""
    connection_created.connect(_remember, dispatch_uid="nuserus.config.leaving")
