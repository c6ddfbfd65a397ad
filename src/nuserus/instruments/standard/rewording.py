"""Putting the wording that a group agreed on into the workbook of a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping

from nuserus.instruments.standard.workbook import Sheets


def reworded(sheets: Sheets, wordings: Mapping[str, str]) -> tuple[Sheets, set[str]]:
    """The sheets with other labels for these names of questions, in the first language; and the names found."""
    rows = [list(row) for row in sheets["survey"]]
    header = [str(name or "").strip().lower() for name in rows[0]]
    at_name = header.index("name") if "name" in header else -1
    at_label = next((place for place, name in enumerate(header) if name.split("::")[0].strip() == "label"), -1)
    found: set[str] = set()
    if at_name < 0 or at_label < 0:
        return sheets, found
    for row in rows[1:]:
        name = str(row[at_name]) if len(row) > at_name and row[at_name] is not None else ""
        if name in wordings:
            row.extend([None] * (at_label + 1 - len(row)))
            row[at_label] = wordings[name]
            found.add(name)
    return {**sheets, "survey": rows}, found
