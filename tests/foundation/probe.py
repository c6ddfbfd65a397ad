"""A table that exists only to prove the floor: the common policies on nothing but scope columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from nuserus.foundation.floor.operations import ApplyFloor
from nuserus.foundation.models import Scoped


class Probe(Scoped):
    class Meta:
        app_label = "foundation"
        managed = False
        db_table = "probe"


_CREATE = """
CREATE TABLE probe (id uuid PRIMARY KEY, scope_level varchar(12) NOT NULL, scope_institution uuid,
  scope_group uuid, scope_author uuid, scope_mission uuid)
"""


@contextmanager
def probe_table(*, floor: bool = True) -> Iterator[None]:
    """The table, with its floor or (planted violation) without."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_CREATE)
        for statement in ApplyFloor("probe").forward_sql() if floor else []:
            cursor.execute(statement)
    try:
        yield
    finally:
        with connections["owner"].cursor() as cursor:
            cursor.execute("DROP TABLE probe")
