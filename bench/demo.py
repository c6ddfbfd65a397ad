"""The demonstration as a person starts it: `nuserus serve --demo` on a folder and a free port."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.serving import free_port

START_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demonstration; `seconds` is what it took from the command to the first healthy answer."""

    pid: int
    port: int
    seconds: float

    def get(self, path: str) -> bytes:
        """The body of a page. Raises urllib.error.HTTPError for anything but a success."""
        with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=30) as answer:
            body: bytes = answer.read()
            return body


@contextmanager
def demonstration(data: Path) -> Iterator[Demo]:
    """Serve the demonstration from `data`, wait until it is healthy; Ctrl-C at the end."""
    port = free_port()
    unrelated = {name: value for name, value in os.environ.items() if not name.startswith(("NUSERUS_", "DATABASE_"))}
    unrelated.pop("DJANGO_SETTINGS_MODULE", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("nuserus"), "serve", "--demo", "--data", data, "--port", str(port)],
        env=unrelated,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # it is asked before it can answer, and says so
        start_new_session=True,
    )
    try:
        _wait(process, port)
        yield Demo(process.pid, port, time.perf_counter() - start)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.HTTPError):
            time.sleep(0.1)
    raise RuntimeError("the demonstration does not answer")
