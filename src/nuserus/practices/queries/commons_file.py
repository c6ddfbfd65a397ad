"""The file of the commons as it stands on the disk."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from django.db.models import Count

from nuserus.foundation.asking import ANONYMOUS
from nuserus.foundation.files import megabytes
from nuserus.foundation.kept import Kept
from nuserus.foundation.levels import Level
from nuserus.practices.models import SheetVersion, Trial
from nuserus.practices.queries.sheets import sheets_visible_to

# The columns of its table that count trials.
_COUNTS = ("marche", "en_partie", "pas_chez_nous")


@dataclass(frozen=True, slots=True)
class CommonsFile:
    """When it was made, and its size as people read it."""

    at: datetime
    size: str


@dataclass(frozen=True, slots=True)
class _Told:
    """One sheet of the file: its version, and how many trials it tells."""

    version: int
    trials: int


# What is inside, by the file and the moment it was written.
_INSIDE: Kept[str, dict[UUID, _Told]] = Kept(most=1, weigh=lambda inside: 200 * len(inside))


def last_commons(file: Path) -> CommonsFile | None:
    """The last whole file; None before the first night."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return CommonsFile(datetime.fromtimestamp(found.st_mtime, UTC), megabytes(found.st_size))


def has_what_left(file: Path) -> bool:
    """Whether the file holds what is not public any more (whoever asks), or cannot be read.

    A sheet that left, a version that was closed, a trial that was taken back or hidden.
    """
    try:
        inside = _inside(file)
    except (BadZipFile, OSError, ValueError, KeyError):
        return True
    if sheets_visible_to(ANONYMOUS).filter(pk__in=inside).count() < len(inside):
        return True
    closed = SheetVersion.objects.filter(sheet__in=inside, closed_at__isnull=False)
    if any(inside[sheet].version == number for sheet, number in closed.values_list("sheet", "number")):
        return True
    public = Trial.objects.filter(sheet__in=inside, scope_level=Level.PUBLIC)
    now = dict(public.values("sheet").annotate(number=Count("pk")).values_list("sheet", "number"))
    return any(now.get(sheet, 0) < told.trials for sheet, told in inside.items())


def _inside(file: Path) -> dict[UUID, _Told]:
    written = str(file.stat().st_mtime_ns)
    inside = _INSIDE.get(str(file), written)
    if inside is None:
        with ZipFile(file) as archive, archive.open("fiches.csv") as table:
            rows = csv.DictReader(TextIOWrapper(table, "utf-8", newline=""), delimiter=";")
            inside = {
                UUID(row["id"]): _Told(int(row["version"]), sum(int(row[name]) for name in _COUNTS)) for row in rows
            }
        _INSIDE.keep(str(file), written, inside)
    return inside
