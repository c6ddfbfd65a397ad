"""Rows for PostgreSQL's COPY, written by the superuser with triggers and foreign keys asleep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import models
from psycopg.types.json import Jsonb

Row = models.Model


@contextmanager
def loading(url: str) -> Iterator[psycopg.Connection[Any]]:
    """A superuser's connection for loading: commits at the end. CHECK constraints stay awake."""
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


def copy_rows(connection: psycopg.Connection[Any], rows: Iterable[Row]) -> int:
    """Copy instances of one model as they are (no default of the database, no signal); how many."""
    count = 0
    iterator = iter(rows)
    first = next(iterator, None)
    if first is None:
        return 0
    meta = type(first)._meta
    fields = meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    jsons = frozenset(field.attname for field in fields if isinstance(field, models.JSONField))
    names = [field.attname for field in fields]
    with connection.cursor() as cursor, cursor.copy(f"COPY {meta.db_table} ({columns}) FROM STDIN") as copy:
        for row in _all(first, iterator):
            values = row.__dict__
            copy.write_row([Jsonb(values[name]) if name in jsons else values[name] for name in names])
            count += 1
    return count


def copy_links(connection: psycopg.Connection[Any], table: str, columns: str, links: Iterable[tuple[Any, ...]]) -> None:
    """Copy plain tuples, for tables without a model of their own."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for link in links:
            copy.write_row(link)


def _all(first: Row, others: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from others
