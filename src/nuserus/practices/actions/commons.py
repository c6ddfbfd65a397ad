"""The whole public commons in one file: if the service dies, the knowledge does not."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nuserus.foundation.asking import acting_as
from nuserus.foundation.files.archives import Archive, new_archive
from nuserus.foundation.files.cells import cell
from nuserus.practices.models import Picture
from nuserus.practices.queries.commons import CommonSheet, common_sheets
from nuserus.practices.queries.commons_text import as_markdown

TASK = "nuserus.practices.tasks.make_commons"
LOCK = "make_commons"
_ABOUT = ("LISEZMOI.md", "README.md", "LICENCE.txt")
_COLUMNS = (
    "id", "titre", "lieu", "etape", "version", "publiee", "licence", "marche", "en_partie", "pas_chez_nous", "auteurs",
)  # fmt: skip
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Exported:
    """What a file of the commons holds; `missing` are photos whose file is gone from the disk."""

    sheets: int
    files: int
    missing: int


def commons_file() -> Path:
    """Where the last whole file stands."""
    return Path(settings.NUSERUS_DATA) / "commons" / "commun.zip"


def make_commons_soon() -> None:
    """Let a job make the file again, unless one already waits."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(TASK, queueing_lock=LOCK).defer(timestamp=0)


def export_commons(target: Path) -> Exported:
    """Write every public sheet into `target`, a zip, which is replaced only once the new one is whole.

    Asked as a visitor: the floor itself gives nothing that is not public. The same content gives the
    same bytes. Raises OSError (no room on the disk), the file that was there is left.
    """
    counted = {"sheets": 0, "missing": 0}
    with override("fr"), acting_as(None) as asking, new_archive(target) as archive, TemporaryFile() as table:
        for name in _ABOUT:
            archive.add(name, files("nuserus.practices").joinpath("data", "commons", name).read_bytes())
        _write_row(table, _COLUMNS)
        for sheet in common_sheets(asking):
            counted["sheets"] += 1
            counted["missing"] += _add(archive, sheet)
            _write_row(table, _row(sheet.data))
        table.seek(0)
        archive.add("fiches.csv", iter(lambda: table.read(_PIECE), b""))
    return Exported(counted["sheets"], archive.files, counted["missing"])


def _add(archive: Archive, sheet: CommonSheet) -> int:
    """Add one sheet; how many of its photos are gone."""
    folder = f"fiches/{sheet.id}"
    archive.add(f"{folder}/fiche.jsonld", sheet.as_json())
    archive.add(f"{folder}/fiche.md", as_markdown(sheet.data).encode())
    missing = 0
    for name, picture in sheet.photos:
        try:
            archive.add(f"{folder}/{name}", _pieces(picture), packed=False)
        except FileNotFoundError:
            missing += 1
    return missing


def _pieces(picture: Picture) -> Iterator[bytes]:
    """The photo, opened before a word of it is written: a file that is gone leaves no empty entry."""
    opened = picture.file.open("rb")

    def read() -> Iterator[bytes]:
        with opened as file:
            yield from iter(lambda: file.read(_PIECE), b"")

    return read()


def _row(data: dict[str, Any]) -> tuple[object, ...]:
    counts = data["nuserus:trials"]["counts"]
    return (
        data["identifier"], data["name"], data["nuserus:place"], data["nuserus:ladder"], int(data["version"]),
        data.get("datePublished", ""), data["license"], counts["worked"], counts["partly"], counts["not_here"],
        ", ".join(one["name"] for one in data["nuserus:credits"]),
    )  # fmt: skip


def _write_row(table: IO[bytes], values: tuple[object, ...]) -> None:
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow([cell(value) for value in values])
    table.write(line.getvalue().encode())
