"""The file of the commons as it stands on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from nuserus.foundation.asking import ANONYMOUS
from nuserus.foundation.files import megabytes
from nuserus.foundation.kept import Kept
from nuserus.practices.queries.sheets import sheets_visible_to


@dataclass(frozen=True, slots=True)
class CommonsFile:
    """When it was made, and its size as people read it."""

    at: datetime
    size: str


# Names inside, by the file and the moment it was written.
_IDS: Kept[str, frozenset[UUID]] = Kept(most=1, weigh=lambda ids: 100 * len(ids))


def last_commons(file: Path) -> CommonsFile | None:
    """The last whole file; None before the first night."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return None
    return CommonsFile(datetime.fromtimestamp(found.st_mtime, UTC), megabytes(found.st_size))


def has_what_left(file: Path) -> bool:
    """Whether the file holds a sheet that is not public any more (whoever asks), or cannot be read."""
    try:
        ids = _ids_in(file)
    except (BadZipFile, OSError, ValueError):
        return True
    return sheets_visible_to(ANONYMOUS).filter(pk__in=ids).count() < len(ids)


def _ids_in(file: Path) -> frozenset[UUID]:
    written = str(file.stat().st_mtime_ns)
    ids = _IDS.get(str(file), written)
    if ids is None:
        with ZipFile(file) as archive:
            names = [name for name in archive.namelist() if name.endswith("/fiche.jsonld")]
        ids = frozenset(UUID(name.split("/")[1]) for name in names)
        _IDS.keep(str(file), written, ids)
    return ids
