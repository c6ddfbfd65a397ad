"""Reading a spreadsheet that somebody gives: what it really is, within bounds, then only its cells.

The cells of the sheets that XLSForm knows are copied into a new workbook: formulas, macros, links, pictures
and whatever else a spreadsheet may hold never reach the converter nor those who download it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, time
from zipfile import BadZipFile, ZipFile

import xlrd
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from nuserus.foundation.files import megabytes
from nuserus.foundation.plain import visible
from nuserus.instruments.standard.problems import Problem, UnusableWorkbook

Cell = str | int | float | bool | None
Sheets = dict[str, list[list[Cell]]]

KNOWN_SHEETS = ("survey", "choices", "settings", "entities", "external_choices", "osm")
WEIGHT_LIMIT = 2 * 1024 * 1024
UNPACKED_LIMIT = 24 * 1024 * 1024
MOST_ENTRIES = 300
HIGHEST_RATIO = 150
MOST_ROWS = 4000
MOST_COLUMNS = 120
MOST_CELLS = 60_000
LONGEST_CELL = 8000
# Cells of all the rows, empty ones among them: what is read costs by these.
WIDEST = 8_000_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_sheets(content: bytes) -> Sheets:
    """The cells of the sheets of an XLSX or XLS file, told apart by its first bytes, never by its name.

    Raises UnusableWorkbook for anything else, and for what is too heavy, too large or packed too tightly.
    """
    if len(content) > WEIGHT_LIMIT:
        raise _refused(
            _("Le fichier fait %(size)s, la limite est %(limit)s.")
            % {"size": megabytes(len(content)), "limit": megabytes(WEIGHT_LIMIT)}
        )
    if content.startswith(_ZIP):
        return _read_xlsx(content)
    if content.startswith(_OLE):
        return _read_xls(content)
    raise _refused(
        _("Ce n’est pas un classeur. Enregistrez-le au format XLSX (Excel, LibreOffice), puis envoyez-le de nouveau.")
    )


def write_workbook(sheets: Sheets) -> bytes:
    """The cells as a plain XLSX file: a bold first row, text that wraps, no formula."""
    book = Workbook(write_only=False)
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, value in enumerate(row, start=1):
                if value is None or value == "":
                    continue
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if number == 1:
                    cell.font = Font(bold=True)
        sheet.freeze_panes = "A2"
        for place in range(1, len(rows[0]) + 1 if rows else 1):
            longest = max((len(str(row[place - 1])) for row in rows if place <= len(row) and row[place - 1]), default=8)
            sheet.column_dimensions[get_column_letter(place)].width = min(60, max(12, longest))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _refused(words: str, sheet: str = "", row: int = 0) -> UnusableWorkbook:
    return UnusableWorkbook(Problem(words, sheet, row))


def _unreadable() -> UnusableWorkbook:
    return _refused(
        _("Le classeur est abîmé ou protégé par un mot de passe. Ouvrez-le, enregistrez-le de nouveau en XLSX.")
    )


def _read_xlsx(content: bytes) -> Sheets:
    _bound_zip(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # the library lets many kinds through on a broken file
        raise _unreadable() from error
    try:
        bounded = _Bounded()
        for name in book.sheetnames:
            known = bounded.takes(name)
            if not known:
                continue
            sheet = book[name]
            with suppress(AttributeError):
                sheet.reset_dimensions()  # what the file says of its size may be wrong
            bounded.add(known, (tuple(row) for row in sheet.iter_rows(values_only=True)))
    except UnusableWorkbook:
        raise
    except Exception as error:
        raise _unreadable() from error
    finally:
        book.close()
    return bounded.sheets


def _read_xls(content: bytes) -> Sheets:
    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
        bounded = _Bounded()
        for name in book.sheet_names():
            known = bounded.takes(name)
            if not known:
                continue
            sheet = book.sheet_by_name(name)
            rows = (tuple(_xls_value(cell, book.datemode) for cell in sheet.row(at)) for at in range(sheet.nrows))
            bounded.add(known, rows)
            book.unload_sheet(name)
    except UnusableWorkbook:
        raise
    except Exception as error:  # as above
        raise _unreadable() from error
    return bounded.sheets


def _xls_value(cell: xlrd.sheet.Cell, datemode: int) -> object:
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return None
    return cell.value


def _bound_zip(content: bytes) -> None:
    """Look at the list of a zip before anything of it is unpacked."""
    try:
        with ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (BadZipFile, ValueError, OSError) as error:
        raise _unreadable() from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _unreadable()
    tight = any(entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 64) for entry in entries)
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT or tight:
        raise _refused(_("Une fois ouvert, ce classeur est démesuré. Copiez vos feuilles dans un classeur neuf."))


class _Bounded:
    """Sheets as they are read, never more of them than a questionnaire needs."""

    def __init__(self) -> None:
        self.sheets: Sheets = {}
        self.cells = 0
        self.width = 0

    def takes(self, name: str) -> str:
        """Under which name the sheet is kept; empty when it is left aside."""
        known = name.strip().lower()
        return known if known in KNOWN_SHEETS and known not in self.sheets else ""

    def add(self, name: str, rows: Iterable[tuple[object, ...]]) -> None:
        kept: list[list[Cell]] = []
        for number, row in enumerate(rows, start=1):
            if number > MOST_ROWS:
                raise _refused(_("Plus de %(most)d lignes : c’est trop.") % {"most": MOST_ROWS}, name)
            kept.append(self._row(name, number, row))
        while kept and not any(value is not None for value in kept[-1]):
            kept.pop()
        self.sheets[name] = kept

    def _row(self, name: str, number: int, row: tuple[object, ...]) -> list[Cell]:
        # a row may say that it is sixteen thousand cells wide, and be empty but for the first ones
        beyond = row[MOST_COLUMNS:]
        if beyond.count(None) == len(beyond):
            row = row[:MOST_COLUMNS]
        self.width += len(row) + len(beyond)
        if self.width > WIDEST:
            raise _refused(_("Une fois ouvert, ce classeur est démesuré. Copiez vos feuilles dans un classeur neuf."))
        values = [_plain(value) for value in row]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MOST_COLUMNS:
            raise _refused(_("Plus de %(most)d colonnes : c’est trop.") % {"most": MOST_COLUMNS}, name, number)
        if any(isinstance(value, str) and len(value) > LONGEST_CELL for value in values):
            raise _refused(_("Une cellule dépasse %(most)d caractères.") % {"most": LONGEST_CELL}, name, number)
        self.cells += sum(value is not None for value in values)
        if self.cells > MOST_CELLS:
            raise _refused(_("Plus de %(most)d cellules : c’est trop.") % {"most": MOST_CELLS}, name, number)
        return values


def _plain(value: object) -> Cell:
    if isinstance(value, str):
        return visible(value).strip() or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, int):
        return value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return None if value is None else visible(str(value))[:LONGEST_CELL]
