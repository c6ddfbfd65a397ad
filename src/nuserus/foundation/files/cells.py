"""Cells of a table that a spreadsheet will open: never a formula."""

from __future__ import annotations

_BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula; numbers of ours stay numbers.

    >>> cell("=HYPERLINK(1)"), cell("  @x"), cell(-3), cell("tablette")
    ("'=HYPERLINK(1)", "'  @x", '-3', 'tablette')
    """
    if isinstance(value, int | float):
        return str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_BEGIN_FORMULAS) else text
