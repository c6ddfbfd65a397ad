"""What a thread of the web server opened does not outlive it."""

from __future__ import annotations

import gc
import threading
from typing import Any

import pytest
from django.db import connections
from django.db.backends.signals import connection_created

from nuserus.config import leaving


@pytest.fixture
def rare_collections() -> Any:
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("database", "rare_collections")
def test_a_thread_that_ends_closes_its_connections() -> None:
    opened: list[Any] = []

    def serve() -> None:
        for alias in ("default", "throttle"):
            connections[alias].ensure_connection()
            opened.append(connections[alias].connection)

    leaving.close_with_threads()
    try:
        thread = threading.Thread(target=serve)
        thread.start()
        thread.join()
    finally:
        connection_created.disconnect(dispatch_uid="nuserus.config.leaving")
    assert [each.closed for each in opened] == [True, True]
