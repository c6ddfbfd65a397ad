"""Taking an import back: what nobody touched since is as it was before, the rest is left and listed."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.directory.actions.imports import statements
from nuserus.directory.actions.imports.pointers import pointing_at
from nuserus.directory.actions.imports.targets import INSTITUTIONS, OPERATORS, TARGETS
from nuserus.directory.actions.imports.turns import Pauses, our_turn, quietly
from nuserus.directory.enums import ImportState
from nuserus.directory.models import Import
from nuserus.foundation.asking import as_system
from nuserus.foundation.audit import record

MOST_LISTED: Final = 500
CHUNK: Final = 2_000

_BACK = "CREATE TEMP TABLE import_back (change_id uuid PRIMARY KEY)"
_CANDIDATES = "CREATE TEMP TABLE import_candidates (id uuid PRIMARY KEY)"
_NOTE_BACK = """
INSERT INTO import_back SELECT c.id FROM directory_importchange c JOIN import_candidates t ON t.id = c.object_id
WHERE c.import_id = %s AND c.kind = %s AND c.verb = 'created'
"""
_LEFT = """
SELECT c.kind, c.verb, c.key, c.label, c.object_id FROM directory_importchange c
WHERE c.import_id = %s AND NOT EXISTS (SELECT 1 FROM import_back b WHERE b.change_id = c.id)
ORDER BY c.kind, c.rank, c.key
"""
# The operators of the institutions that go: those that run nothing any more go with them.
_OPERATORS = """
CREATE TEMP TABLE import_operators AS SELECT DISTINCT o.id FROM directory_operator o
JOIN directory_institution i ON i.operator_id = o.id JOIN import_candidates c ON c.id = i.id WHERE o.finess IS NOT NULL
"""
_PROPOSALS = """
DELETE FROM directory_duplicateproposal WHERE first IN (SELECT id FROM import_candidates)
  OR second IN (SELECT id FROM import_candidates)
"""


def undo_import(run_id: UUID, *, actor: UUID | None = None, patient: bool = True, rest: float = 0.5) -> Import | None:
    """Take an applied import back, in one transaction; one that is not applied is left as it is.

    Raises TurnTaken when another import is under way, unless `patient`.
    """
    return quietly(lambda: _in_turn(run_id, actor, patient=patient, rest=rest))


def _in_turn(run_id: UUID, actor: UUID | None, *, patient: bool, rest: float) -> Import | None:
    with our_turn(patient=patient), as_system("undo an import"), connections["system"].cursor() as cursor:
        run = Import.objects.filter(pk=run_id, state__in=(ImportState.APPLIED, ImportState.UNDOING)).first()
        if run is None:
            return Import.objects.filter(pk=run_id).first()
        cursor.execute("DROP TABLE IF EXISTS import_back, import_operators")
        cursor.execute(_BACK)
        _take_back(cursor, run.pk, Pauses(rest))
        run.left, run.left_count = _left(cursor, run.pk)
        run.state, run.step, run.undone_at = ImportState.UNDONE, "", timezone.now()
        run.save()
        cursor.execute("DROP TABLE import_back")
        record("undo import", actor=actor, object_id=run.pk)
        return run


def _take_back(cursor: Any, run: UUID, pauses: Pauses) -> None:
    """The objects that point at others first, so that nothing is held by what goes too."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for target in reversed(TARGETS):
        if target.followed:
            with pauses.after():
                cursor.execute(
                    f"WITH done AS ({statements.restore(target)}) INSERT INTO import_back SELECT id FROM done", [run]
                )
        cursor.execute("DROP TABLE IF EXISTS import_candidates")
        cursor.execute(_CANDIDATES)
        if target is OPERATORS:
            cursor.execute("INSERT INTO import_candidates SELECT id FROM import_operators")
        else:
            cursor.execute(f"INSERT INTO import_candidates {statements.untouched(target)}", [run])
        cursor.execute("ANALYZE import_candidates")
        for table, column in pointing_at(target.table):
            with pauses.after():
                cursor.execute(f"DELETE FROM import_candidates c USING {table} p WHERE p.{column} = c.id")
        cursor.execute(_NOTE_BACK, [run, target.kind.value])
        cursor.execute(_PROPOSALS)
        if target is INSTITUTIONS:
            cursor.execute(_OPERATORS)
        _remove(cursor, target.table, pauses)


def _remove(cursor: Any, table: str, pauses: Pauses) -> None:
    while True:
        with pauses.after():
            cursor.execute(
                "WITH batch AS (DELETE FROM import_candidates WHERE id IN "
                f"(SELECT id FROM import_candidates LIMIT {CHUNK}) RETURNING id) "
                f"DELETE FROM {table} WHERE id IN (SELECT id FROM batch)"
            )
            if cursor.rowcount <= 0:
                return


def _left(cursor: Any, run: UUID) -> tuple[list[dict[str, str]], int]:
    cursor.execute(_LEFT, [run])
    rows = cursor.fetchall()
    listed = [
        {"kind": kind, "verb": verb, "key": key, "label": label, "id": str(pk), "why": _why(verb)}
        for kind, verb, key, label, pk in rows[:MOST_LISTED]
    ]
    return listed, len(rows)


def _why(verb: str) -> str:
    if verb == "created":
        return _("modifié depuis, ou quelque chose s’y rattache")
    return _("modifié depuis")
