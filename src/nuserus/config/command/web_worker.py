"""What the worker of the web server loads: it ends with the server that started it, then serves the site."""

from __future__ import annotations

import multiprocessing
import signal

from nuserus.config.processes import end_with_parent

if (server := multiprocessing.parent_process()) is not None and server.pid is not None:
    end_with_parent(signal.SIGKILL, server.pid)

from nuserus.config.wsgi import application

__all__ = ["application"]
