"""The web server of `nuserus serve`: granian, one worker process, a few blocking threads."""

from __future__ import annotations

import os
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

WORKER = "nuserus.config.command.web_worker:application"
THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # more would only wait for one another
BACKLOG = 256
IDLE_SECONDS = 600  # the most that granian takes: a thread that ends loses its connections


def main(host: str, port: int) -> None:
    """Serve until SIGTERM."""
    Server(
        WORKER,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=1,
        blocking_threads=THREADS,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        backlog=BACKLOG,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
