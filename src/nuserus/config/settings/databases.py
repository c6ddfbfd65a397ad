"""Database connections: one PostgreSQL, three roles, four aliases.

`default` is the application role under row-level security, `system` the role of `as_system`,
`owner` the one that migrates, `throttle` the application role again on its own autocommit
connection, so that what it counts survives a request that is rolled back.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from nuserus.config.settings.environment import setting

# psycopg prepares only what asks for it: every other statement carries its values and is planned for them
NEVER_BY_ITSELF = 2**31


def database_from_url(url: str) -> dict[str, Any]:
    """Django's description of `postgresql://user[:password]@host:port/name?host=/socket&sslmode=…`.

    Raises ImproperlyConfigured when the URL is not of that form.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or _host(parts),
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": NEVER_BY_ITSELF, **options},
    }


def _host(parts: SplitResult) -> str:
    """The host; a socket folder is written %2Fvar%2Frun, and its capitals count (`hostname` loses them)."""
    written = parts.netloc.rpartition("@")[2]
    if not written.lower().startswith("%2f"):
        return parts.hostname or ""
    return unquote(written.partition(":")[0])


def url_of(variable: str, role: str) -> str:
    """URL of one role; without any, one that names no server (enough for checks without a database)."""
    return setting(variable) or f"postgresql://nuserus_{role}@/nuserus?host=/nonexistent"


_APP = database_from_url(url_of("DATABASE_URL", "app"))
_OWNER = database_from_url(url_of("DATABASE_OWNER_URL", "owner"))
_SYSTEM = database_from_url(url_of("DATABASE_SYSTEM_URL", "system"))

DATABASES = {
    "default": _APP,
    "throttle": {**_APP, "OPTIONS": dict(_APP["OPTIONS"])},
    "system": _SYSTEM,
    "owner": {**_OWNER, "CONN_MAX_AGE": 0},
}
DATABASE_ROUTERS = ["nuserus.foundation.asking.routing.AskingRouter"]
DB_ROLES = {"owner": _OWNER["USER"], "app": _APP["USER"], "system": _SYSTEM["USER"]}
