"""Emptying the database after a test, without a transaction to roll back.

Tests commit for real, as the floor is only the floor in real transactions. Tables that migrations
filled are put back to what the migrations left in them.
"""

from __future__ import annotations

import psycopg

_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'
ORDER BY tablename
"""


class Cleaner:
    """Remembers the database as it is now, and makes it so again."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        tables = [row[0] for row in self._connection.execute(_TABLES)]
        kept = [name for name in tables if self._is_filled(name)]
        self._connection.execute("CREATE SCHEMA IF NOT EXISTS reference")
        for name in kept:
            self._connection.execute(f"CREATE TABLE reference.{name} AS TABLE public.{name}")  # type: ignore[arg-type]
        empty = "".join(f"DELETE FROM {name};" for name in tables if name not in kept)
        again = "".join(_put_back(name) for name in kept)
        self._statement = f"SET session_replication_role = replica; {empty} {again}"

    def _is_filled(self, name: str) -> bool:
        found = self._connection.execute(f"SELECT EXISTS (SELECT FROM {name})")  # type: ignore[arg-type]
        return bool(found.fetchone()[0])  # type: ignore[index]

    def clean(self) -> None:
        """Empty every table, and put the reference rows back where some were added or removed."""
        self._connection.execute(self._statement)  # type: ignore[arg-type]

    def close(self) -> None:
        self._connection.close()


def _put_back(name: str) -> str:
    return (
        f"DO $$ BEGIN IF EXISTS ((TABLE public.{name} EXCEPT TABLE reference.{name})"
        f" UNION ALL (TABLE reference.{name} EXCEPT TABLE public.{name})) THEN "
        f"DELETE FROM public.{name}; INSERT INTO public.{name} TABLE reference.{name}; "
        "END IF; END $$;"
    )
