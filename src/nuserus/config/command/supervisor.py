"""Children of `nuserus serve`: started, started again when they die, stopped together."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType

from nuserus.config.processes import spawn, stop_child

STOP_SECONDS = 15.0
FIRST_DELAY = 0.5
LONGEST_DELAY = 30.0
STEADY_SECONDS = 60.0  # a child that lived this long starts again at once


@dataclass(slots=True)
class Backoff:
    """How long to wait before the next start: twice as long after each early death."""

    delay: float = 0.0
    started: float = 0.0
    due: float = 0.0

    def note_start(self, now: float) -> None:
        self.started = now

    def note_death(self, now: float) -> None:
        if now - self.started >= STEADY_SECONDS:
            self.delay, self.due = 0.0, now
        else:
            self.note_failure(now)

    def note_failure(self, now: float) -> None:
        """It did not even start."""
        self.delay = min(max(self.delay * 2, FIRST_DELAY), LONGEST_DELAY)
        self.due = now + self.delay


@dataclass(slots=True)
class Child:
    """One program to keep alive."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    backoff: Backoff = field(default_factory=Backoff)

    def start(self) -> None:
        # without us the database is gone too: there is nothing left that a child could finish
        self.process = spawn(self.command, if_parent_dies=signal.SIGKILL, environment=self.environment)
        self.backoff.note_start(time.monotonic())

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def keep_alive(self, tell: Callable[[str], None]) -> None:
        """Start again when dead and due."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.backoff.note_death(now)
            tell(self.name)
            kill_session(self.process.pid)  # a worker that outlived its server would keep the port
            self.process = None
        if self.process is None and now >= self.backoff.due:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, seconds: float) -> None:
        """Wait for the end, then insist. The whole session goes: a child's own children never stay."""
        process, self.process = self.process, None
        if process is None:
            return
        if not stop_child(process, signal.SIGTERM, seconds):
            process.kill()
            process.wait()
        kill_session(process.pid)


def kill_session(leader: int) -> None:
    """Kill what is left of the session that a child led."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def stop_all(children: list[Child]) -> None:
    """Ask all at once, then wait for each."""
    for child in children:
        child.ask_to_stop()
    limit = time.monotonic() + STOP_SECONDS
    for child in children:
        child.stop(max(0.1, limit - time.monotonic()))


class Signals:
    """Ctrl-C, SIGTERM and a closed terminal ask to stop; `wait` returns early for them and for a dead child."""

    def __init__(self) -> None:
        self.stopping = False
        self._reading, self._writing = os.pipe()
        for end in (self._reading, self._writing):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)  # only to wake up

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def wait(self, seconds: float) -> None:
        ready, _, _ = select.select([self._reading], [], [], seconds)
        if ready:
            os.read(self._reading, 4096)
