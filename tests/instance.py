"""The instance that tests run on: a PostgreSQL of their own, chosen before Django reads its settings.

Loaded with `-p tests.instance`, earlier than any conftest. The server is started by the fixture
`server`, so a run that needs no database starts none.
"""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from nuserus.config.embedded.server import EmbeddedServer

# What a crash of the machine could lose does not matter here, and every test commits for real.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _new_instance() -> EmbeddedServer:
    folder = Path(tempfile.mkdtemp(prefix="nu-"))
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in ("keys", "files", "mail", "static"):
        (folder / name).mkdir(mode=0o700)
    for name in ("secret", "audit", "names"):
        (folder / "keys" / name).write_bytes(secrets.token_bytes(32))
    server = EmbeddedServer(folder / "pg", options=FAST)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "nuserus.config.settings",
        "NUSERUS_DATA": str(folder),
        "DATABASE_URL": server.url("app"),
        "DATABASE_OWNER_URL": server.url("owner"),
        "DATABASE_SYSTEM_URL": server.url("system"),
        "NUSERUS_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "NUSERUS_HOSTS": "localhost 127.0.0.1 testserver",
        # The browser driver runs an event loop in the thread of the tests.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    return server


SERVER = _new_instance()
