"""Writing workbooks: cells are text or numbers, never formulas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nuserus.devices.workbooks.layout import (
    COLUMNS,
    HELP,
    LEVEL_WORDS,
    LISTS,
    MOST_ROWS,
    SHEET,
    STAGE_WORDS,
    column_letter,
)
from nuserus.foundation.files.cells import cell as neutral

_HEAD = PatternFill("solid", fgColor="E3EFEC")
_QUIET = Font(color="51626A", size=9)


def inventory_workbook(rows: Iterable[Mapping[str, object]], lists: Mapping[str, Sequence[str]], place: str) -> bytes:
    """The workbook to fill in, with what the place has said already. `lists`: column → its words."""
    book, sheet = _new_book()
    _write_head(sheet)
    for number, row in enumerate(rows, 2):
        for index, column in enumerate(COLUMNS, 1):
            _put(sheet.cell(number, index), row.get(column.name))
    lists = {**lists, "stage": list(STAGE_WORDS.values()), "scope_level": list(LEVEL_WORDS.values())}
    _write_lists(book, sheet, lists)
    _write_help(book, lists, place)
    return _saved(book)


def plain_workbook(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table to take away: a row of headers and rows."""
    book, sheet = _new_book()
    for index, header in enumerate(headers, 1):
        head = sheet.cell(1, index, header)
        head.font, head.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[head.column_letter].width = 26
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, 2):
        for index, value in enumerate(row, 1):
            _put(sheet.cell(number, index), value)
    return _saved(book)


def plain_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The same with semicolons and a mark, as spreadsheets read French files."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows([neutral("" if value is None else value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _new_book() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    for given in list(book.worksheets):
        book.remove(given)
    return book, book.create_sheet(SHEET)


def _put(target: Cell | MergedCell, value: object) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        target.value = value
        return
    target.value = neutral(ILLEGAL_CHARACTERS_RE.sub("", str(value)))
    target.data_type = "s"  # whatever it looks like
    target.alignment = Alignment(wrap_text=True, vertical="top")


def _write_head(sheet: Worksheet) -> None:
    for index, column in enumerate(COLUMNS, 1):
        head = sheet.cell(1, index, column.header)
        head.font, head.fill = Font(bold=True), _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[head.column_letter].width = column.width
    sheet.freeze_panes = "C2"
    for row in range(2, MOST_ROWS + 2):
        reference = sheet.cell(row, 1)
        reference.font, reference.protection = _QUIET, Protection(locked=True)


def _write_lists(book: Workbook, sheet: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
    listed = book.create_sheet(LISTS)
    for index, (name, words) in enumerate(lists.items(), 1):
        letter = "ABCDEFGHIJ"[index - 1]
        column = next(column for column in COLUMNS if column.name == name)
        listed.cell(1, index, column.header).font = Font(bold=True)
        listed.column_dimensions[letter].width = 40
        for number, word in enumerate(words, 2):
            _put(listed.cell(number, index), word)
        target = f"{quote_sheetname(LISTS)}!${letter}$2:${letter}${len(words) + 1}"
        book.defined_names[f"liste_{name}"] = DefinedName(f"liste_{name}", attr_text=target)
        several = name in {"used_by", "with_publics"}
        offered = DataValidation(type="list", formula1=f"liste_{name}", allow_blank=True, showErrorMessage=not several)
        offered.error = "Choisissez dans la liste."
        offered.prompt = column.help
        offered.promptTitle = column.header[:32]
        offered.showInputMessage = True
        at = column_letter(name)
        offered.add(f"{at}2:{at}{MOST_ROWS + 1}")
        sheet.add_data_validation(offered)
    whole = DataValidation(type="whole", operator="between", formula1="1", formula2="10000", allow_blank=True)
    whole.error, whole.showErrorMessage = "Un nombre entier de 1 à 10 000.", True
    at = column_letter("quantity")
    whole.add(f"{at}2:{at}{MOST_ROWS + 1}")
    sheet.add_data_validation(whole)


def _write_help(book: Workbook, lists: Mapping[str, Sequence[str]], place: str) -> None:
    sheet = book.create_sheet(HELP)
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90
    lines = [
        ("Inventaire de", place),
        ("Comment faire", f"Remplissez la feuille « {SHEET} », une ligne par matériel. Déposez-la sur le site."),
        ("", "Avant d’enregistrer, le site montre ce qui va changer, et dit cellule par cellule ce qui ne va pas."),
        ("", "Une ligne enlevée du fichier reste sur le site : on la retire depuis le site."),
        ("", "Pas de formules : écrivez les valeurs."),
        *((column.header, column.help) for column in COLUMNS),
    ]  # fmt: skip
    for number, (what, how) in enumerate(lines, 1):
        _put(sheet.cell(number, 1), what)
        sheet.cell(number, 1).font = Font(bold=True)
        _put(sheet.cell(number, 2), how)


def _saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
