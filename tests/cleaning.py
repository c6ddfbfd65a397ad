"""Putting the database back after a test, without a transaction to roll back.

Tests commit for real, as the floor is only the floor in real transactions.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_migrations'
ORDER BY tablename
"""

Mark = tuple[int, int | None]


class Cleaner:
    """Remembers the rows of the database as they are now, and makes them so again.

    A table has changed when its number of rows or its latest row version has: only then is it put
    back, from a copy in another schema, with triggers and foreign keys asleep. Tables are looked at
    only when some transaction has written since: those that only read have no number.
    """

    def __init__(self, url: str, *, schema: str = "reference") -> None:
        self._connection = psycopg.connect(url, autocommit=True)
        self._schema = sql.Identifier(schema)
        self._run("DROP SCHEMA IF EXISTS {schema} CASCADE")
        self._run("CREATE SCHEMA {schema}")
        self._tables = [row[0] for row in self._connection.execute(_TABLES)]
        marks = self._marks()
        self._filled = {name for name, (count, _latest) in marks.items() if count}
        for name in self._filled:
            self._run("CREATE TABLE {schema}.{table} AS TABLE public.{table}", name)
        self._as_left = marks
        self._written = self._transactions()
        self._run("SET session_replication_role = replica")

    def clean(self) -> None:
        """Put back every table that is not as it was."""
        written = self._transactions()
        if written == self._written:
            return
        marks = self._marks()
        changed = [name for name in self._tables if marks[name] != self._as_left[name]]
        if not changed:
            self._written = written
            return
        with self._connection.transaction():
            for name in changed:
                self._run("DELETE FROM public.{table}", name)
                if name in self._filled:
                    self._run("INSERT INTO public.{table} TABLE {schema}.{table}", name)
        self._as_left |= {name: mark for name, mark in self._marks().items() if name in changed}
        self._written = self._transactions()

    def close(self) -> None:
        self._connection.close()

    def _transactions(self) -> str:
        """Which writing transactions have ended, and which are under way."""
        row = self._connection.execute("SELECT pg_current_snapshot()::text").fetchone()
        assert row is not None
        return str(row[0])

    def _marks(self) -> dict[str, Mark]:
        parts = [
            sql.SQL("SELECT {name}, count(*), max(xmin::text::bigint) FROM public.{table}").format(
                name=sql.Literal(name), table=sql.Identifier(name)
            )
            for name in self._tables
        ]
        rows = self._connection.execute(sql.SQL(" UNION ALL ").join(parts))
        return {name: (count, latest) for name, count, latest in rows}

    def _run(self, statement: str, table: str = "") -> None:
        query = sql.SQL(statement)  # type: ignore[arg-type]
        self._connection.execute(query.format(schema=self._schema, table=sql.Identifier(table or "none")))
