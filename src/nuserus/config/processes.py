"""Child processes that never outlive this program, and a look at processes that are not our children."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def die_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    """What a new child runs so that the kernel sends it `stop_signal` when its parent is gone.

    Linux only; elsewhere a leftover is adopted at the next start. Runs after the change of account,
    which would clear the wish (prctl(2)). The signal follows the *thread* that started the child:
    start children from the main thread.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None) if sys.platform.startswith("linux") else None

    def in_child() -> None:
        if libc is None:
            return
        libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the wish was known
            os._exit(1)

    return in_child


def end_with_parent(stop_signal: signal.Signals, parent: int) -> None:
    """The same wish, for a process that is running already and was started by `parent` (Linux only)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), stop_signal)


def spawn(
    command: Sequence[str | Path],
    *,
    if_parent_dies: signal.Signals,
    environment: Mapping[str, str],
    output: IO[bytes] | int | None = None,
    account: tuple[int, int] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in its own session (Ctrl-C reaches only the supervisor, which stops children in order).

    `account` is (uid, gid) to become; needs root.
    """
    uid, gid = account if account else (None, None)
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd="/" if account else None,  # the account may not be able to stay where we are
        env=dict(environment),
        start_new_session=True,
        user=uid,
        group=gid,
        extra_groups=[] if account else None,
        preexec_fn=die_with_parent(if_parent_dies),  # noqa: PLW1509 - the supervisor has one thread
    )


def stop_child(child: subprocess.Popen[bytes], stop_signal: signal.Signals, seconds: float) -> bool:
    """Ask a child to stop and wait; True when it ended in time."""
    if child.poll() is None:
        child.send_signal(stop_signal)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def exists(pid: int) -> bool:
    """Whether a live process has this number (a zombie has already ended)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return True
    return status.rpartition(")")[2].split()[:1] != ["Z"]


def processes_in(folder: Path, program: str) -> list[int]:
    """Live processes of a program of this name whose current folder is `folder`; empty where there is no /proc."""
    place = folder.resolve()
    entries = (entry for entry in _listed(Path("/proc")) if entry.name.isdigit())
    found = [int(entry.name) for entry in entries if _works_in(entry, place) and _runs(entry, program)]
    return [pid for pid in found if exists(pid)]


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _works_in(entry: Path, place: Path) -> bool:
    try:
        return (entry / "cwd").readlink() == place
    except OSError:  # gone meanwhile, or of another account
        return False


def _runs(entry: Path, program: str) -> bool:
    try:
        return (entry / "exe").readlink().name.removesuffix(" (deleted)") == program
    except OSError:
        return False


def wait_until_gone(pid: int, seconds: float) -> bool:
    """Wait for a process that is not our child; True when it ended in time."""
    limit = time.monotonic() + seconds
    while exists(pid):
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def hold(path: Path) -> int:
    """Lock a file for this process; the kernel lets go when it ends, however it ends. Close the number to let go.

    Raises BlockingIOError when another process holds it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    limit = time.monotonic() + 1.0  # a process just killed lets go within an instant
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > limit:
                os.close(handle)
                raise
            time.sleep(0.05)
        else:
            return handle


def command_line(pid: int) -> list[str]:
    """Words of the command of a process, empty when unknown (another account, another system)."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").split("\0")[:-1]
    except OSError:
        pass
    try:
        shown = subprocess.run(
            ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
    except OSError:
        return []
    return shown.stdout.split()
