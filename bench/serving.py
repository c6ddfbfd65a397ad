"""The web server of `nuserus serve`, on the measured database."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

START_SECONDS = 60.0


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served() -> Iterator[int]:
    """Start granian as `nuserus serve` does, with the settings in the environment; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "nuserus.config.command.web", "127.0.0.1", str(port)]
    process = subprocess.Popen(command, env=dict(os.environ), start_new_session=True)
    try:
        _wait(process, port)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/bare", timeout=5):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"/bare answered {error.code}") from error
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the site does not answer")
