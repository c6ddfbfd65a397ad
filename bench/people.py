"""Who asks in the measurements, and what they open."""

from __future__ import annotations

from uuid import UUID

from django.db import connections


def one_member() -> UUID:
    """The member with most missions who holds no role."""
    return _ids(
        "SELECT holder_id FROM foundation_missionholder WHERE NOT EXISTS (SELECT 1 FROM people_rolegrant g "
        "WHERE g.account_id = holder_id) GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    )[0]


def some_sheets(count: int) -> list[UUID]:
    """Published sheets spread over the table, always the same ones."""
    return _ids(f"SELECT id FROM practices_sheet WHERE status = 'published' ORDER BY md5(id::text) LIMIT {count}")


def some_lists() -> tuple[list[str], list[str]]:
    """Slugs of publics and codes of categories, in the order that generated sheets use most."""
    publics = _column("SELECT unnest(publics) FROM practices_sheet GROUP BY 1 ORDER BY count(*) DESC LIMIT 5")
    categories = _column(
        "SELECT c.code FROM directory_institution i JOIN directory_category c ON c.id = i.category_id "
        "GROUP BY 1 ORDER BY count(*) DESC LIMIT 3"
    )
    return publics, categories


def _ids(sql: str) -> list[UUID]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]


def _column(sql: str) -> list[str]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
