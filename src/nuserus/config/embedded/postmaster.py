"""What the file postmaster.pid says of a server, ours or one left by a killed supervisor."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nuserus.config.processes import command_line, exists, processes_in, wait_until_gone


@dataclass(frozen=True, slots=True)
class Postmaster:
    """Lines of postmaster.pid that matter here (PostgreSQL, src/include/utils/pidfile.h)."""

    pid: int
    ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """The server that wrote the file, or None when there is no (whole) file."""
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").splitlines()
        pid = int(lines[0])
    except (OSError, IndexError, ValueError):
        return None
    status = lines[7].strip() if len(lines) > 7 else ""
    return Postmaster(abs(pid), status == "ready")


def running_postmaster(data: Path) -> Postmaster | None:
    """The live server of this data folder; a stale file, or a number taken by another program, is None."""
    found = read_postmaster(data)
    if found is None or found.pid == os.getpid() or not exists(found.pid):
        return None
    words = command_line(found.pid)
    is_server = bool(words) and "postgres" in Path(words[0]).name
    return found if is_server and str(data) in words else None


def stop_leftover(data: Path) -> bool:
    """Stop the server that a killed supervisor left on this folder, or what a killed server left; True when there was.

    Raises TimeoutError when it does not end.
    """
    found = running_postmaster(data)
    stopped = found is not None and _stop_postmaster(found, data)
    return _end_orphans(data) or stopped


def _stop_postmaster(found: Postmaster, data: Path) -> bool:
    # fast shutdown first, then immediate (crash recovery follows): the data stays whole either way
    for stop_signal, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 15.0)):
        try:
            os.kill(found.pid, stop_signal)
        except ProcessLookupError:
            return True
        if wait_until_gone(found.pid, seconds):
            return True
    raise TimeoutError(f"postmaster {found.pid} of {data} does not stop")


def _end_orphans(data: Path) -> bool:
    """End the processes of a server whose postmaster is dead; True when there were any.

    They end by themselves, except one that is held up (stopped, or stuck on a disk): while it lives, it
    keeps the shared memory, and PostgreSQL rightly refuses to start beside it. Linux only: elsewhere the
    start fails and is tried again.
    """
    orphans = processes_in(data, "postgres")
    # SIGCONT lets a stopped one act; crash recovery follows in any case
    for wishes, seconds in (((signal.SIGQUIT, signal.SIGCONT), 5.0), ((signal.SIGKILL,), 15.0)):
        for pid in orphans:
            for wish in wishes:
                with suppress(ProcessLookupError):
                    os.kill(pid, wish)
        if all(wait_until_gone(pid, seconds) for pid in orphans):
            return bool(orphans)
    raise TimeoutError(f"processes {orphans} of {data} do not end")
