"""What follows an import, once it is committed: what others wrote of the changed places, and duplicates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import connections
from django.utils import timezone

from nuserus.directory.actions.imports.duplicates import propose_duplicates
from nuserus.directory.actions.imports.running import FOLLOW
from nuserus.directory.actions.imports.statements import SPOTS_OF_INSTITUTIONS, SPOTS_OF_PLACES
from nuserus.directory.actions.imports.turns import Pauses, quietly
from nuserus.directory.enums import ChangedKind, ImportState
from nuserus.directory.models import Import, ImportChange, Service
from nuserus.directory.registry import dependents_of
from nuserus.foundation.asking import as_system
from nuserus.search.actions.index_object import index_object

CHUNK: Final = 1_000
SPOTS: Final = 500
# What the index says of a sheet is taken from these columns of its place.
_INDEXED: Final = ("name", "category_id", "department_id")


def follow_import(run_id: UUID, *, rest: float = 0.5) -> None:
    """Bring the index and the proposals of duplicates to what an applied import left. May be done again."""
    quietly(lambda: _follow(run_id, Pauses(rest)))


def _follow(run_id: UUID, pauses: Pauses) -> None:
    with as_system("follow an import", recorded=False):
        run = Import.objects.filter(pk=run_id, state__in=(ImportState.APPLIED, ImportState.UNDONE)).first()
    if run is None or (run.state == ImportState.APPLIED and run.step != FOLLOW):
        return
    _refresh_spots(run_id, pauses)
    for places in _changed_places(run_id):
        with as_system("find what an import touches", recorded=False):
            pointed = list(dependents_of(places))
        for kind, object_id in pointed:
            with pauses.after(), as_system("index what an import touches", recorded=False):
                index_object(kind=kind, object_id=object_id)
    if run.state == ImportState.APPLIED:
        propose_duplicates(run, pauses)
    forget_file(run)
    with as_system("end the following of an import", recorded=False):
        Import.objects.filter(pk=run_id).update(step="", file="", ended_at=run.ended_at or timezone.now())


def _refresh_spots(run_id: UUID, pauses: Pauses) -> None:
    """What lists and maps search of all that changed: an import of many rows leaves it for later."""
    for kind, statement in (
        (ChangedKind.INSTITUTION, SPOTS_OF_INSTITUTIONS),
        (ChangedKind.PLACE, SPOTS_OF_PLACES),
        (ChangedKind.SERVICE, SPOTS_OF_PLACES),
    ):
        for changed in _changed(run_id, kind):
            with pauses.after(), as_system("refresh what lists and maps search", recorded=False):
                ids = changed
                if kind == ChangedKind.SERVICE:
                    ids = list(Service.objects.filter(pk__in=changed).values_list("place", flat=True).distinct())
                with connections["system"].cursor() as cursor:
                    cursor.execute(statement, [ids])


def _changed(run_id: UUID, kind: ChangedKind) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        with as_system("read what an import changed", recorded=False):
            rows = ImportChange.objects.filter(run=run_id, kind=kind)
            rows = rows.filter(pk__gt=last) if last else rows
            found = list(rows.order_by("pk").values_list("pk", "object_id")[:SPOTS])
        if not found:
            return
        last = found[-1][0]
        yield [object_id for _pk, object_id in found]


def _changed_places(run_id: UUID) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        with as_system("read what an import changed", recorded=False):
            rows = ImportChange.objects.filter(run=run_id, kind=ChangedKind.INSTITUTION, after__has_any_keys=_INDEXED)
            rows = rows.filter(pk__gt=last) if last else rows
            found = list(rows.order_by("pk").values_list("pk", "object_id")[:CHUNK])
        if not found:
            return
        last = found[-1][0]
        yield [object_id for _pk, object_id in found]


def forget_file(run: Import) -> None:
    """Remove the file of a run from the disk; the row that names it is the caller's."""
    if run.file:
        Path(run.file.path).unlink(missing_ok=True)
