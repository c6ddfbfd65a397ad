"""Tables as CSV that a spreadsheet opens as figures and never as formulas."""

from __future__ import annotations

import csv
import io

from nuserus_analysis.report.figures import Cell, Figures

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(figures: Figures) -> str:
    """The table as French spreadsheets read it: semicolons, decimal commas, the mark of UTF-8 first.

    A text that a spreadsheet would run gets an apostrophe before it; numbers are written in full.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow([safe(name) for name in figures.columns])
    writer.writerows([_written(cell) for cell in row] for row in figures.rows)
    return "\ufeff" + stream.getvalue()


def safe(cell: Cell) -> Cell:
    """The cell, harmless.

    >>> safe("=1+1"), safe(-2.5), safe(" @x")
    ("'=1+1", -2.5, "' @x")
    """
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(_FORMULA) else cell.replace("\0", "")


def _written(cell: Cell) -> Cell:
    return repr(cell).replace(".", ",") if isinstance(cell, float) else safe(cell)
