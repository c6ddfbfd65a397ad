"""Which processes belong to a folder, read from /proc; and a clean environment for the command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's parent signal is Linux's")


def clean_environment(**more: str) -> dict[str, str]:
    """Our environment without the instance of the tests."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DATABASE_", "NUSERUS_", "DJANGO_", "PYTEST_", "COV_"))
    }
    return {**kept, "NUSERUS_LANGUAGE": "fr", "PYTHONWARNINGS": "default", **more}


def run_nuserus(*words: str | Path, folder: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "nuserus", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,  # a machine that does other things too
        cwd=folder or ROOT,
        env=clean_environment(**more),
    )


def processes_of(folder: Path) -> list[str]:
    """Commands of live processes that work in the folder, name it, or were given it."""
    mark = os.fsencode(folder)
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            words = _read(entry / "cmdline")
            if words and (mark in words or mark in _read(entry / "environ") or _works_in(entry, folder)):
                found.append(f"{entry.name} {words.replace(bytes(1), b' ').decode(errors='replace')}")
    return found


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _works_in(entry: Path, folder: Path) -> bool:
    try:
        return (entry / "cwd").readlink().is_relative_to(folder)
    except OSError:
        return False


def wait_for(
    condition: Callable[[], object], seconds: float = 20.0, *, explain: Callable[[], str] = lambda: ""
) -> None:
    """Wait until the condition holds; the failure says what `explain` knows (the log of a site)."""
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, f"waited {seconds:.0f} s in vain\n{explain()}"
        time.sleep(0.05)


def started_at(pid: int) -> int:
    """When a process started, in clock ticks since boot; numbers start again at 1, times do not."""
    return int(Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[19])


def wait_until_none(folder: Path, seconds: float = 20.0) -> None:
    """Wait until no process belongs to the folder; names those that stay."""
    limit = time.monotonic() + seconds
    while left := processes_of(folder):
        assert time.monotonic() < limit, left
        time.sleep(0.05)


def kill_all(folder: Path) -> None:
    """End what a failed test has left."""
    for line in processes_of(folder):
        os.kill(int(line.split()[0]), signal.SIGKILL)


def free_port() -> int:
    """A port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def tree_of(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every name below the folder with its mode and bytes: equal trees were not touched."""
    return {
        str(path.relative_to(folder)): (path.lstat().st_mode, path.read_bytes() if path.is_file() else b"")
        for path in sorted(folder.rglob("*"))
    }
