"""An instance to measure: an embedded PostgreSQL of its own with the settings of production, migrated."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nuserus.config.embedded.server import EmbeddedServer, temporary_server


@dataclass(frozen=True, slots=True)
class Bench:
    """The server to measure and the data folder of its instance. Settings are in the environment."""

    server: EmbeddedServer
    folder: Path

    @property
    def superuser_url(self) -> str:
        """Connection string of the superuser on the measured database."""
        return self.server.admin_url.replace("/postgres?", "/nuserus?")


@contextmanager
def bench_instance(keep: Path | None) -> Iterator[Bench]:
    """Start the server, tell the settings where it is, migrate; everything is gone at the end.

    With `keep`, the database lives in that folder and stays there for the next run.
    """
    with temporary_server() if keep is None else _kept_server(keep) as server:
        folder = Path(tempfile.mkdtemp(prefix="nuserus-bench-"))
        try:
            for name in ("keys", "files", "mail", "static"):
                (folder / name).mkdir(mode=0o700)
            for name in ("secret", "audit"):
                (folder / "keys" / name).write_bytes(secrets.token_bytes(32))
            os.environ |= _environment(server, folder)
            import django  # the environment must be known first

            django.setup()
            from django.core.management import call_command

            call_command("migrate", database="owner", verbosity=0)
            try:
                yield Bench(server, folder)
            finally:
                _close_connections()
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _kept_server(folder: Path) -> Iterator[EmbeddedServer]:
    folder.mkdir(parents=True, exist_ok=True)
    server = EmbeddedServer(folder / "postgresql")
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _environment(server: EmbeddedServer, folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "NUSERUS_DATA": str(folder),
        "DATABASE_URL": server.url("app"),
        "DATABASE_OWNER_URL": server.url("owner"),
        "DATABASE_SYSTEM_URL": server.url("system"),
        "NUSERUS_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
        "NUSERUS_HOSTS": "localhost 127.0.0.1 testserver",
        "MALLOC_ARENA_MAX": os.environ.get("MALLOC_ARENA_MAX", "2"),
    }


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
