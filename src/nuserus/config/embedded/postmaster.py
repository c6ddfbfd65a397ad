"""What the file postmaster.pid says of a server, ours or one left by a killed supervisor."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from nuserus.config.processes import command_line, exists, wait_until_gone


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
    """Stop the server that a killed supervisor left on this folder; True when there was one.

    Raises TimeoutError when it does not end.
    """
    found = running_postmaster(data)
    if found is None:
        return False
    # fast shutdown first, then immediate (crash recovery follows): the data stays whole either way
    for stop_signal, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 15.0)):
        try:
            os.kill(found.pid, stop_signal)
        except ProcessLookupError:
            return True
        if wait_until_gone(found.pid, seconds):
            return True
    raise TimeoutError(f"postmaster {found.pid} of {data} does not stop")
