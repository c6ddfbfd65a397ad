"""The embedded server for a command that lasts a moment: the running one, or one started for it."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nuserus.config.embedded.server import EmbeddedServer
from nuserus.config.refusal import InUse

START_SECONDS = 60.0


@contextmanager
def shared_server(folder: Path) -> Iterator[EmbeddedServer]:
    """A ready server on `folder`, stopped at the end when nobody else uses it.

    Users hold `users.lock` together; who started the server waits for them before stopping it.
    Raises InUse when another process is starting the server and does not succeed.
    """
    server = EmbeddedServer(folder)
    limit = time.monotonic() + START_SECONDS
    while True:
        users = _users(folder)
        try:
            if users is not None and server.supervised():
                yield server
                return
        finally:
            if users is not None:
                os.close(users)
        try:
            server.start()
            break
        except InUse:
            if time.monotonic() > limit:
                raise
            time.sleep(0.1)
    try:
        yield server
    finally:
        users = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(users, fcntl.LOCK_EX)
        server.stop()
        os.close(users)


def _users(folder: Path) -> int | None:
    if not folder.is_dir():
        return None
    handle = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle
