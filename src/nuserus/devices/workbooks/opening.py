"""Opening what somebody sent: is it a workbook at all, and not a trap?"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from nuserus.devices.workbooks.layout import HEAVIEST, LARGEST_UNPACKED, MOST_FILES, MOST_PACKED, SHEET
from nuserus.foundation.files.sizes import megabytes

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def refuse_other_kinds(content: bytes) -> None:
    """Raises ValidationError, one sentence, for anything but an XLSX workbook of a sound size."""
    if not content:
        raise ValidationError(_("Le fichier est vide. Choisissez le classeur que vous avez rempli."))
    if len(content) > HEAVIEST:
        raise too_heavy(len(content))
    if content.startswith(_OLD_OFFICE):
        raise ValidationError(
            _(
                "Ce fichier est un ancien classeur (XLS) ou un classeur protégé par un mot de passe. "
                "Enregistrez-le sans mot de passe au format XLSX, puis déposez-le de nouveau."
            )
        )
    if not content.startswith(b"PK"):
        raise ValidationError(_other_kind(content))
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _refuse_traps(archive)
    except (BadZipFile, NotImplementedError, OSError, EOFError, zipfile.LargeZipFile) as broken:
        raise damaged() from broken


def _other_kind(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return _("Ce fichier est un PDF. Déposez le classeur XLSX que l’on télécharge sur cette page.")
    start = content[:4096]
    if b"\x00" not in start and any(mark in start for mark in (b";", b",", b"\t")):
        return _(
            "Ce fichier est un texte séparé par des virgules ou des points-virgules (CSV). "
            "Recopiez vos lignes dans le classeur XLSX que l’on télécharge sur cette page, puis déposez-le."
        )
    return _not_a_workbook()


def _not_a_workbook() -> str:
    return _(
        "Ce fichier n’est pas un classeur XLSX. Téléchargez le classeur sur cette page, remplissez-le, déposez-le."
    )


def _refuse_traps(archive: ZipFile) -> None:
    entries = archive.infolist()
    names = {entry.filename for entry in entries}
    if "mimetype" in names and "content.xml" in names:
        raise ValidationError(
            _(
                "Ce fichier est un classeur OpenDocument (ODS). "
                "Enregistrez-le au format XLSX, puis déposez-le de nouveau."
            )
        )
    if "xl/workbook.xml" not in names:
        raise ValidationError(_not_a_workbook())
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_FILES or unpacked > LARGEST_UNPACKED or unpacked > MOST_PACKED * packed:
        raise ValidationError(
            _("Ce classeur contient bien plus qu’un inventaire. Recopiez vos lignes dans le classeur de cette page.")
        )


def too_heavy(size: int) -> ValidationError:
    """The refusal of a workbook of `size` bytes."""
    return ValidationError(
        _(
            "Le fichier fait %(size)s, la limite est %(limit)s. "
            "Enlevez les images et les feuilles en trop, puis déposez-le de nouveau."
        )
        % {"size": megabytes(size), "limit": megabytes(HEAVIEST)}
    )


def damaged() -> ValidationError:
    """The refusal of a workbook that does not open, or breaks while it is read."""
    return ValidationError(
        _("Ce classeur est abîmé : il ne s’ouvre pas. Enregistrez-le de nouveau depuis votre tableur, puis déposez-le.")
    )


@contextmanager
def opened_sheet(content: bytes) -> Iterator[Any]:
    """The sheet of the inventory, read row by row, formulas as they are written.

    Raises ValidationError, one sentence, when it does not open or has no such sheet.
    """
    refuse_other_kinds(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception as broken:
        # whatever a damaged or a forged file makes a reader of XML, zip and dates raise
        raise damaged() from broken
    try:
        if SHEET not in book.sheetnames:
            raise ValidationError(
                _(
                    "Ce classeur n’a pas de feuille « %(sheet)s ». "
                    "Partez du classeur que l’on télécharge sur cette page."
                )
                % {"sheet": SHEET}
            )
        yield book[SHEET]
    finally:
        book.close()
