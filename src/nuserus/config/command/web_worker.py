"""What the worker of the web server loads: it ends with the server that started it, then serves the site."""

from __future__ import annotations

import signal

from nuserus.config.processes import end_with_parent
from nuserus.config.wsgi import application

__all__ = ["application"]

end_with_parent(signal.SIGTERM)
