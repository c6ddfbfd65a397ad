"""One import at a time, and how to know that somebody carries it on.

The turn is a lock of the session of the system role: it is let go when its process ends, however it
ends. So a run that says it is under way while nobody holds the turn was interrupted.
"""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from django.db import connections

from nuserus.directory.queries.imports import TURN, is_carried_on
from nuserus.foundation.asking import as_system

WAIT_SECONDS = 2.0
NICENESS = 10
_MANY_OBJECTS = 50_000
Answer = TypeVar("Answer")


class TurnTaken(Exception):
    """Another import is under way."""


@contextmanager
def our_turn(*, patient: bool) -> Iterator[None]:
    """Hold the turn. Raises TurnTaken when somebody has it, unless `patient`: then it waits."""
    while not _taken():
        if not patient:
            raise TurnTaken
        time.sleep(WAIT_SECONDS)
    try:
        yield
    finally:
        _say("SELECT pg_advisory_unlock(%s, %s)")


def _taken() -> bool:
    return _say("SELECT pg_try_advisory_lock(%s, %s)")


def _say(statement: str) -> bool:
    with as_system("take the turn of imports", recorded=False), connections["system"].cursor() as cursor:
        cursor.execute(statement, TURN)
        return bool(cursor.fetchone()[0])


def somebody_imports() -> bool:
    """Whether an import is under way somewhere."""
    with as_system("see the turn of imports", recorded=False):
        return is_carried_on(using="system")


def quietly(work: Callable[[], Answer]) -> Answer:
    """Do the work in a thread that lets everything else of the machine go first."""
    given: list[Answer] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            with suppress(OSError, AttributeError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
            given.append(work())
        except BaseException as error:  # noqa: BLE001 (raised again by who waits)
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run, name="import")
    thread.start()
    thread.join()
    if raised:
        raise raised[0]
    return given[0]


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Let Python look for unreachable objects more rarely: a reading makes millions, and none of them in a ring."""
    usual = gc.get_threshold()
    gc.set_threshold(_MANY_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


class Pauses:
    """Lets the database breathe: after each piece of work, a rest in proportion to it."""

    def __init__(self, share: float) -> None:
        self._share = share
        self.rested = 0.0

    @contextmanager
    def after(self) -> Iterator[None]:
        """Around one piece of work."""
        start = time.perf_counter()
        yield
        rest = min((time.perf_counter() - start) * self._share, 0.5)
        self.rested += rest
        time.sleep(rest)
