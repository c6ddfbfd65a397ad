"""The two sides of a comparison: what the application asks under the floor, and the owner of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

from django.db import connections, transaction

from nuserus.foundation.asking import Asking, acting_as
from nuserus.search import statements

Statement = tuple[str, Sequence[Any] | Mapping[str, Any]]
BARE_NAMES = ("search_narrow", "search_facets", "search", "related", "suggest", "near_words")


class Sides:
    """Two open transactions: `app` knows who asks, `owner` reads everything."""

    def __init__(self, asking: Asking) -> None:
        self.asking = asking

    def app(self, statement: Statement) -> list[Any]:
        """Run a statement as the application."""
        return _rows("default", statement)

    def owner(self, statement: Statement) -> list[Any]:
        """Run a statement as the owner."""
        return _rows("owner", statement)


@contextmanager
def two_sides(user_id: UUID | None) -> Iterator[Sides]:
    """Open both. The owner also gets the functions of search without the floor, named `bare_…`."""
    with acting_as(user_id) as asking, transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(_bare_functions(), None)
        yield Sides(asking)
        transaction.set_rollback(True, using="owner")  # the functions were only for us


def captured(run: Callable[[], object]) -> list[Statement]:
    """The statements that a product function sends as the application, with their values."""
    found: list[Statement] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 (Django's call)
        found.append((sql, params or ()))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(keep):
        run()
    return found


def bare(statement: Statement) -> Statement:
    """The same call to the functions without the floor."""
    sql, values = statement
    for name in BARE_NAMES:
        sql = sql.replace(f"nuserus_{name}(", f"bare_{name}(")
    return sql, values


def _bare_functions() -> str:
    """The text of the product's own functions, with `true` where they apply the scope."""
    with mock.patch.object(statements, "read_predicate", return_value="true"):
        sql = statements.reading_functions()
    return bare((sql, ()))[0]


def _rows(alias: str, statement: Statement) -> list[Any]:
    with connections[alias].cursor() as cursor:
        cursor.execute(statement[0], statement[1] or None)
        rows: list[Any] = cursor.fetchall()
        return rows
