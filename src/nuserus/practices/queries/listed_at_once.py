"""Found sheets as a list shows them, in one statement.

The page of results is the one asked most. Through the ORM its twenty cards cost more than the
search; a test holds this statement and `listing.listed` together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connections, router

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.queries.freshness import unconfirmed_months
from nuserus.practices.queries.ladder import step_sql
from nuserus.practices.queries.listing import Listed
from nuserus.practices.queries.places import place_words
from nuserus.practices.rules import can_read_sheet


@dataclass(slots=True)
class _Scope:
    """The scope columns of a row, for the rule of reading."""

    scope_level: str
    scope_institution: UUID | None
    scope_group: UUID | None
    scope_author: UUID | None
    scope_mission: UUID | None


@cache
def _statement() -> str:
    step = step_sql(sheet="s.id", home="s.institution_id", happened="s.happened")
    return f"""
        SELECT s.scope_level, s.scope_institution, s.scope_group, s.scope_author, s.scope_mission,
          s.id, s.title, s.devices, s.own_devices, s.publics, s.shows_institution, {step},
          i.name, coalesce(nullif(i.kind_label, ''), nullif(c.short, ''), c.label), i.is_fictitious,
          d.code, d.label, cover.id, cover.alternative, s.is_stale, s.review_date, s.stopped_at IS NOT NULL
        FROM practices_sheet s
        LEFT JOIN directory_institution i ON i.id = s.institution_id
        LEFT JOIN directory_category c ON c.id = i.category_id
        LEFT JOIN directory_department d ON d.id = i.department_id
        LEFT JOIN LATERAL (SELECT p.id, p.alternative FROM practices_picture p
          WHERE p.sheet_id = s.id AND p.is_cover ORDER BY p.added_at LIMIT 1) AS cover ON true
        WHERE s.id = ANY(%s) AND s.status = '{SheetStatus.PUBLISHED.value}'
    """  # noqa: S608 (nothing of anybody's is in this text)


def listed_in_order(asking: Asking, ids: Sequence[UUID]) -> list[Listed]:
    """The published sheets of these ids, in their order, each passed again through the rule of reading."""
    if not ids:
        return []
    with connections[router.db_for_read(Sheet)].cursor() as cursor:
        cursor.execute(_statement(), [list(ids)])
        rows = cursor.fetchall()
    found = {row[5]: _listed(row[5:]) for row in rows if can_read_sheet.allows(asking, _Scope(*row[:5]))}
    return [found[one] for one in ids if one in found]


def _listed(row: tuple[Any, ...]) -> Listed:
    (id_, title, devices, own, publics, named, step, name, kind, fictitious, code, department, picture, alt,
     stale, review_date, stopped) = row  # fmt: skip
    return Listed(
        id=id_,
        title=title,
        devices=tuple(devices),
        own_devices=own,
        publics=tuple(publics),
        place=name if named else place_words(kind, code, department),
        fictitious=fictitious,
        step=step,
        picture=picture,
        alt=alt or "",
        stopped=stopped,
        unconfirmed=unconfirmed_months(is_stale=stale, review_date=review_date),
    )
