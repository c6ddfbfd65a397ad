"""A database with a row in every table, and what it holds in a form that can be compared."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from nuserus.config.backup.tables import tables_of

_NEEDED = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod), t.typtype, coalesce(e.first, '')
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN LATERAL (SELECT min(enumlabel) AS first FROM pg_enum WHERE enumtypid = t.oid) e ON true
WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  AND a.attidentity = '' AND a.attnotnull AND NOT a.atthasdef
"""


_REFERENCES = """
SELECT a.attname, c.confrelid::regclass::text, f.attname FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
WHERE c.contype = 'f' AND c.conrelid = %s::regclass
"""


def fill_empty_tables(admin: psycopg.Connection[Any]) -> None:
    """One made-up row wherever there is none; a table whose checks refuse it needs a row of the world."""
    for table in tables_of(admin):
        _fill(admin, table.name)


def _fill(admin: psycopg.Connection[Any], table: str) -> None:
    if _count(admin, table):
        return
    needed = admin.execute(_NEEDED, [table]).fetchall()
    references = {column: (parent, key) for column, parent, key in admin.execute(_REFERENCES, [table])}
    values = [
        _known(admin, *references[name]) if name in references else first or _value(kind)
        for name, kind, _type, first in needed
    ]
    columns = sql.SQL(", ").join(sql.Identifier(row[0]) for row in needed)
    query = (
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table), columns, sql.SQL(", ").join([sql.Placeholder()] * len(values))
        )
        if needed
        else sql.SQL("INSERT INTO {} DEFAULT VALUES").format(sql.Identifier(table))
    )
    try:
        admin.execute(query, values)
    except psycopg.Error as error:
        raise AssertionError(f"give the test world a row of {table}: {error}") from error


def _known(admin: psycopg.Connection[Any], table: str, key: str) -> object:
    _fill(admin, table)
    row = admin.execute(
        sql.SQL("SELECT {} FROM {} LIMIT 1").format(sql.Identifier(key), sql.Identifier(table))
    ).fetchone()
    assert row is not None
    return row[0]


def _value(kind: str) -> object:
    if kind.endswith("[]"):
        return []
    if kind.startswith(("character", "text")):
        width = re.search(r"\((\d+)\)", kind)
        return "é\\\t\n'"[: int(width[1]) if width else None]
    made: dict[str, object] = {
        "uuid": uuid.uuid4(),
        "boolean": True,
        "jsonb": Jsonb({"é": [1, None]}),
        "bytea": b"\x00\xff",
        "timestamp with time zone": datetime(2026, 3, 29, 1, 30, 0, 123456, tzinfo=UTC),
        "date": datetime(2026, 3, 29, tzinfo=UTC).date(),
        "tsvector": "'mot':1A",
        "double precision": 0.1,
        "numeric": 1,
        "interval": "1 mon 2 days",
        "inet": "192.0.2.1",
    }
    return made.get(kind, 1)


def _count(connection: psycopg.Connection[Any], table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


def rows_of(admin_url: str) -> dict[str, set[str]]:
    """Every row of every table, as text, read by a superuser."""
    with psycopg.connect(admin_url) as connection:
        connection.execute("SET timezone = 'UTC'; SET extra_float_digits = 3; SET search_path = public")
        return {
            table.name: {
                row[0]
                for row in connection.execute(
                    sql.SQL("SELECT to_jsonb(t)::text FROM {} t").format(sql.Identifier(table.name))
                )
            }
            for table in tables_of(connection)
        }


def files_of(folder: Path) -> dict[str, str]:
    """Every file below a folder with the sum of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differences(before: dict[str, set[str]], after: dict[str, set[str]], *, but: set[str]) -> list[str]:
    """Tables whose rows are not the same, with one row each side."""
    wrong = [f"{name} is in one only" for name in before.keys() ^ after.keys()]
    for name in sorted((before.keys() & after.keys()) - but):
        lost, new = before[name] - after[name], after[name] - before[name]
        if lost or new:
            wrong.append(f"{name}: lost {sorted(lost)[:1]}, new {sorted(new)[:1]}")
    return wrong


def ids(rows: set[str], column: str = "id") -> set[str]:
    return {str(json.loads(row)[column]) for row in rows}
