"""From a workbook (XLSForm) to a form (ODK XForm), with what it asks."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from pyxform.errors import PyXFormError
from pyxform.xls2xform import convert

from nuserus.instruments.standard.checking import problems_of, rows_of
from nuserus.instruments.standard.messages import in_french
from nuserus.instruments.standard.problems import Problem, UnusableWorkbook
from nuserus.instruments.standard.schema import Schema, StrangeForm, read_schema
from nuserus.instruments.standard.workbook import Cell, Sheets, read_sheets, write_workbook

LONGEST_FORM = 3_000_000


@dataclass(frozen=True, slots=True)
class Converted:
    """A workbook that became a form: its cells as a plain XLSX, the XForm, and what it asks."""

    workbook: bytes
    xform: str
    schema: Schema
    title: str


def convert_workbook(content: bytes, *, form_id: str, version: str) -> Converted:
    """Convert what somebody gave. `form_id` and `version` are ours: what the file says of them is replaced.

    Raises UnusableWorkbook with everything that is to be corrected.
    """
    return convert_sheets(read_sheets(content), form_id=form_id, version=version)


def convert_sheets(sheets: Sheets, *, form_id: str, version: str) -> Converted:
    """The same from cells. Raises UnusableWorkbook."""
    problems = problems_of(sheets)
    if problems:
        raise UnusableWorkbook(*problems)
    title = _title_of(sheets)
    workbook = write_workbook(_named(sheets, form_id=form_id, version=version, title=title))
    try:
        xform = convert(workbook, file_type=".xlsx", validate=False, pretty_print=False).xform
    except PyXFormError as error:
        raise UnusableWorkbook(in_french(str(error))) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnusableWorkbook(
            Problem(_("Le convertisseur n’a pas su lire ce classeur. Repartez d’un modèle et recopiez vos questions."))
        ) from error
    if len(xform) > LONGEST_FORM:
        raise UnusableWorkbook(Problem(_("Le questionnaire est trop long pour un téléphone : faites-en deux.")))
    try:
        schema = read_schema(xform)
    except StrangeForm as error:
        raise UnusableWorkbook(Problem(str(error))) from error
    return Converted(workbook, xform, schema, title)


def _title_of(sheets: Sheets) -> str:
    for row in rows_of(sheets.get("settings", [])):
        return row.said("form_title") or row.said("title")
    return ""


def _named(sheets: Sheets, *, form_id: str, version: str, title: str) -> Sheets:
    """The sheets with settings of ours: one row, the other settings as they were."""
    ours: dict[str, Cell] = {"form_title": title or form_id, "form_id": form_id, "version": version}
    given = next(rows_of(sheets.get("settings", [])), None)
    if given is not None:
        aliases = {"title", "id_string", "set form title", "set form id", *ours}
        ours |= {name: value for name, value in given.values.items() if name not in aliases}
    kept = {name: rows for name, rows in sheets.items() if name != "settings" and rows}
    return {**kept, "settings": [list(ours), list(ours.values())]}
