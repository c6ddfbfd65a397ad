"""Small files in the formats of the open registers, read as real ones are: a report to look at, doubles to decide."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db import connections
from django.utils import timezone

from nuserus.directory.actions.imports.asking import Options, note_run
from nuserus.directory.actions.imports.following import follow_import
from nuserus.directory.actions.imports.running import run_import
from nuserus.directory.actions.imports.statements import digest
from nuserus.directory.actions.imports.targets import INSTITUTIONS, PLACES
from nuserus.directory.enums import ChangeVerb, ImportSource
from nuserus.directory.models import Import, ImportChange, Institution, Place
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import DATA

_ASKED_BY = "sophie.k@"


class Reading(NamedTuple):
    """A file, how it is read, and how many days ago."""

    source: ImportSource
    name: str
    days: int
    dry_run: bool = False


_READINGS = (
    Reading(ImportSource.FINESS_CLASSIC, "finess-septembre.csv", 61),
    Reading(ImportSource.FINESS_CLASSIC, "liste-de-courses.csv", 12),
    Reading(ImportSource.FINESS_CLASSIC, "finess-novembre.csv", 11, dry_run=True),
    Reading(ImportSource.FINESS_CLASSIC, "finess-novembre.csv", 11),
    Reading(ImportSource.DIGITAL_MEDIATION, "mediation-numerique.csv", 3),
)


def load_registers() -> None:
    """Read the files once, one after the other; every place that they bring is invented, and says so."""
    with as_system("load the demonstration", recorded=False):
        if Import.objects.exists():
            return
        asked_by = Account.objects.filter(email__startswith=_ASKED_BY).first()
    for reading in _READINGS:
        path = DATA / "registers" / reading.name
        run = note_run(source=reading.source, path=path, options=Options(dry_run=reading.dry_run))
        run_import(run.pk, path=path, rest=0)
        with as_system("load the demonstration", recorded=False):
            _say_invented(run)
        follow_import(run.pk, rest=0)
        with as_system("load the demonstration", recorded=False):
            at = timezone.now() - timedelta(days=reading.days)
            Import.objects.filter(pk=run.pk).update(asked_by=asked_by, asked_at=at, started_at=at, ended_at=at)


def _say_invented(run: Import) -> None:
    """Mark what was created, and have it count as untouched: the import can still be taken back."""
    made = ImportChange.objects.filter(run=run.pk, verb=ChangeVerb.CREATED)
    for target, model in ((INSTITUTIONS, Institution), (PLACES, Place)):
        model.objects.filter(pk__in=made.filter(kind=target.kind).values("object_id")).update(is_fictitious=True)
        with connections["system"].cursor() as cursor:
            cursor.execute(
                f"UPDATE directory_importchange c SET digest = {digest(target, 'i')} FROM {target.table} i "  # noqa: S608
                "WHERE i.id = c.object_id AND c.import_id = %s AND c.kind = %s AND c.verb = 'created'",
                [run.pk, target.kind],
            )
