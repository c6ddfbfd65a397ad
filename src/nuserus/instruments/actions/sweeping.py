"""Files of fiches that no fiche names: what a killed server wrote just before it could not keep the rest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.storage import default_storage
from django.utils import timezone

from nuserus.instruments.models import SubmittedFile
from nuserus.instruments.models.submissions import FOLDER

# Whoever writes a file is long done, or dead.
YOUNGEST = timedelta(days=1)
AT_ONCE = 500


def forget_orphans() -> int:
    """Remove from the disk the files that are a day old and that nothing names; how many. As the system role."""
    gone = 0
    for names in _in_lots(_old_files(timezone.now() - YOUNGEST)):
        named = set(SubmittedFile.objects.filter(file__in=names).values_list("file", flat=True))
        for name in set(names) - named:
            default_storage.delete(name)
            gone += 1
    return gone


def _old_files(before: datetime) -> Iterator[str]:
    top = Path(default_storage.path(FOLDER))
    for path in sorted(top.glob("*/*")):
        if path.is_file() and path.stat().st_mtime < before.timestamp():
            yield f"{FOLDER}/{path.parent.name}/{path.name}"


def _in_lots(names: Iterator[str]) -> Iterator[list[str]]:
    lot: list[str] = []
    for name in names:
        lot.append(name)
        if len(lot) == AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot
