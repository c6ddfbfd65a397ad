"""Every table is either under the floor, or public by a line that somebody signed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connections

from nuserus.foundation.floor.operations import POLICIES
from nuserus.foundation.models import Scoped

pytestmark = pytest.mark.usefixtures("database")

DOCS = Path(__file__).parents[2] / "docs" / "access"

_SCOPED_WITHOUT_POLICIES = """
SELECT column_owner.relname FROM pg_attribute AS attribute
JOIN pg_class AS column_owner ON column_owner.oid = attribute.attrelid
JOIN pg_namespace AS space ON space.oid = column_owner.relnamespace
WHERE attribute.attname = 'scope_level' AND NOT attribute.attisdropped AND column_owner.relkind = 'r'
  AND space.nspname = 'public'
  AND NOT (column_owner.relrowsecurity AND column_owner.relforcerowsecurity AND
    (SELECT array_agg(polname::text ORDER BY polname) FROM pg_policy WHERE polrelid = column_owner.oid)
      @> %s::text[])
  AND has_table_privilege('nuserus_app', column_owner.oid, 'SELECT')
ORDER BY 1
"""


def tables_without_floor() -> list[str]:
    """Tables with scope columns that the application may read and that lack one of the policies."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_SCOPED_WITHOUT_POLICIES, [list(POLICIES)])
        return [row[0] for row in cursor.fetchall()]


def signed_list(name: str) -> set[str]:
    """First words in backquotes of the lines of a signed list in docs/access."""
    text = (DOCS / name).read_text(encoding="utf-8")
    return set(re.findall(r"^[-|] *`([^`]+)`", text, flags=re.MULTILINE))


def test_every_table_with_scope_columns_has_its_policies() -> None:
    assert tables_without_floor() == []


def test_every_scoped_model_is_a_table_under_the_floor() -> None:
    scoped = {model._meta.db_table for model in apps.get_models() if issubclass(model, Scoped)}
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        under = {row[0] for row in cursor.fetchall()}
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " AND NOT has_table_privilege('nuserus_app', oid, 'SELECT')"
        )
        closed = {row[0] for row in cursor.fetchall()}
    assert scoped - under - closed - {"probe"} == set()


def test_every_other_table_is_on_a_signed_list() -> None:
    """A new table is private until somebody writes why it is not."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_namespace AS space ON space.oid = relnamespace"
            " WHERE relkind = 'r' AND space.nspname = 'public' AND NOT relrowsecurity"
            " AND has_table_privilege('nuserus_app', pg_class.oid, 'SELECT')"
        )
        open_tables = {row[0] for row in cursor.fetchall()}
    signed = signed_list("before-anyone.md") | signed_list("public-tables.md")
    assert open_tables - signed == set(), "tables without a floor that no list explains"
    assert signed - open_tables == set(), "lines of the lists about tables that are not there"


def test_no_definer_function_trusts_the_search_path() -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_namespace AS space ON space.oid = pronamespace"
            " WHERE prosecdef AND space.nspname = 'public'"
            " AND NOT coalesce(array_to_string(proconfig, ','), '') LIKE '%search_path=public, pg_temp%'"
        )
        assert [row[0] for row in cursor.fetchall()] == []
