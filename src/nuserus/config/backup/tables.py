"""The tables of the database: which there are, what is left out of a backup, and proof that no row is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, LiteralString

from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from psycopg import Connection

    Database = Connection[tuple[Any, ...]]

# Rows that a copy must not have. Each with its reason; docs/operate/backup.md says what follows from it.
LEFT_OUT = {
    "django_migrations": "in the manifest; laid by the program that restores",
    "django_session": "a copy lets nobody in who has not signed in there",
    "usersessions_usersession": "goes with the sessions",
    "foundation_throttle": "counts of attempts, of minutes",
    "procrastinate_workers": "processes of the machine that was saved",
}
# The worker of a job stays behind: the job is taken up again by another one.
WRITTEN_AS: dict[tuple[str, str], LiteralString] = {("procrastinate_jobs", "worker_id"): "NULL::bigint"}
# The same text on every server, whatever its configuration.
_PLAIN: tuple[LiteralString, ...] = (
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL extra_float_digits = 3",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL client_encoding = 'UTF8'",
    "SET LOCAL search_path = public",
)

_TABLES: LiteralString = """
SELECT c.relname::text, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
_AT_ONCE: LiteralString = """
SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND NOT condeferrable AND connamespace = 'public'::regnamespace AND conrelid <> confrelid
"""
_HIDING: LiteralString = """
SELECT c.relname::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relrowsecurity
  AND (NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polcmd IN ('*', 'r')
                   AND (0 = ANY (p.polroles) OR current_user::regrole::oid = ANY (p.polroles))
                   AND pg_get_expr(p.polqual, p.polrelid) = 'true')
       OR EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND NOT p.polpermissive
                  AND (0 = ANY (p.polroles) OR current_user::regrole::oid = ANY (p.polroles))))
ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the schema `public` with its columns, but for those that are computed."""

    name: str
    columns: tuple[str, ...]


def tables_of(connection: Database) -> list[Table]:
    """All tables, those first that others refer to with a check that can't wait for the end of the transaction."""
    found = {name: Table(name, tuple(columns)) for name, columns in connection.execute(_TABLES)}
    order: TopologicalSorter[str] = TopologicalSorter({name: set() for name in found})
    for child, parent in connection.execute(_AT_ONCE):
        order.add(child, parent)
    return [found[name] for name in order.static_order() if name in found]


@contextmanager
def snapshot(connection: Database, *, of: str = "") -> Iterator[str]:
    """One moment of the whole database, to read; its name lets another connection look at the same moment."""
    connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    try:
        if of:
            connection.execute(_set_snapshot(of))
        write_plainly(connection)
        row = connection.execute("SELECT pg_export_snapshot()").fetchone()
        yield of or str(row[0] if row else "")
    finally:
        if not connection.broken:
            connection.execute("ROLLBACK")


def _set_snapshot(name: str) -> Any:
    from psycopg import sql

    return sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(name))


def write_plainly(connection: Database) -> None:
    """Values as the same text on every server, for this transaction."""
    for statement in _PLAIN:
        connection.execute(statement)


def refuse_hidden_rows(connection: Database) -> None:
    """Raise Refusal when a policy could hide a row from the role of this connection."""
    for (name,) in connection.execute(_HIDING):
        raise Refusal(
            _("La table %(table)s cache des lignes au compte de la sauvegarde : rien n’a été sauvegardé.")
            % {"table": name}
        )


def count(connection: Database, table: str) -> int:
    """How many rows this connection sees."""
    from psycopg import sql

    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def copy_out(connection: Database, table: Table) -> Iterator[bytes]:
    """Rows of a table in COPY text format, one at a time."""
    from psycopg import sql

    columns = [
        sql.SQL(WRITTEN_AS[table.name, name]) if (table.name, name) in WRITTEN_AS else sql.Identifier(name)
        for name in table.columns
    ]
    query = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(
        sql.SQL(", ").join(columns), sql.Identifier(table.name)
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for row in copy:
            yield bytes(row)
