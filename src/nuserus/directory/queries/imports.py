"""Imports: which there were, where they stand, what they changed."""

from __future__ import annotations

from typing import Final

from django.db import connections
from django.db.models import QuerySet
from django.http import HttpRequest

from nuserus.directory.enums import ImportState
from nuserus.directory.models import Import, ImportChange, Institution, Place
from nuserus.directory.rules import can_add_import, can_read_import
from nuserus.foundation.asking import Asking, asking_of

# The lock of the session of the system role that says that somebody imports; any two constants.
TURN: Final = [72450, 81975]
_HELD = """
SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND classid = %s::oid AND objid = %s::oid)
"""


def is_carried_on(*, using: str = "default") -> bool:
    """Whether somebody holds the turn of imports now."""
    with connections[using].cursor() as cursor:
        cursor.execute(_HELD, TURN)
        return bool(cursor.fetchone()[0])


def may_send_registers(request: HttpRequest) -> bool:
    """Whether this person may send the heavy file of a register."""
    return can_add_import.allows(asking_of(request), Import())


def imports_visible_to(asking: Asking) -> QuerySet[Import]:
    """The imports that this person may read the report of, the latest first."""
    return can_read_import.filter(Import.objects.select_related("asked_by"), asking)


def state_of(run: Import) -> ImportState:
    """Where a run really stands: one that says it is under way while nobody imports was interrupted."""
    state = ImportState(run.state)
    if state in (ImportState.RUNNING, ImportState.UNDOING) and not is_carried_on():
        return ImportState.INTERRUPTED if state == ImportState.RUNNING else ImportState.UNDOING
    return state


def touches_invented(run: Import) -> bool:
    """Whether some place that a run changed is invented: the page then says so."""
    changed = ImportChange.objects.filter(run=run).values("object_id")
    return any(model.objects.filter(pk__in=changed, is_fictitious=True).exists() for model in (Institution, Place))


def changes_of(run: Import, *, verb: str = "") -> QuerySet[ImportChange]:
    """What a run changed, in the order of the file."""
    rows = ImportChange.objects.filter(run=run)
    return rows.filter(verb=verb) if verb else rows
