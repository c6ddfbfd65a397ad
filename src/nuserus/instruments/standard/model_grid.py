"""The observation grid of nuserus, as it ships: a workbook that everybody may start from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_WORKBOOK: Final = Path(__file__).parents[1] / "data" / "grille-observation.xlsx"


@cache
def model_grid() -> bytes:
    """The bytes of the XLSForm workbook."""
    return _WORKBOOK.read_bytes()
