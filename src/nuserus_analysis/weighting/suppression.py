"""Holding small cells back, and enough others that nobody computes them from the margins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class SuppressedTable:
    """Which cells of a two-way table may be shown; `primary` are too small, the others protect them."""

    shown: NDArray[np.bool_]
    primary: NDArray[np.bool_]

    @property
    def secondary(self) -> NDArray[np.bool_]:
        return np.asarray(~self.shown & ~self.primary)


def suppress(counts: ArrayLike, *, threshold: int = 5) -> SuppressedTable:
    """Hold back cells of 1 to threshold − 1 people, and complements, when margins are shown.

    Zero is shown: it points at nobody. As long as a row or a column hides exactly one cell, or cells
    that together hold fewer than `threshold`, its smallest other cell that is not zero is held back
    too (zeros last); a line with nothing left to hide is hidden whole. Raises ValueError when counts are
    not a table of whole numbers from zero on.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or not np.issubdtype(table.dtype, np.integer) or (table < 0).any():
        raise ValueError("Counts must be a two-way table of whole numbers from zero on")
    primary = (table > 0) & (table < threshold)
    hidden = primary.copy()
    while True:
        line = next((line for line in _lines(table, hidden) if _exposed(*line, threshold=threshold)), None)
        if line is None:
            return SuppressedTable(~hidden, primary)
        numbers, held = line
        open_cells = np.flatnonzero(~held)
        # the smallest that says something, else a zero
        chosen = min(open_cells.tolist(), key=lambda cell: (numbers[cell] == 0, numbers[cell]))
        held[chosen] = True  # a view of `hidden`


def _lines(table: NDArray[np.int64], hidden: NDArray[np.bool_]) -> list[tuple[NDArray[np.int64], NDArray[np.bool_]]]:
    rows = [(table[row], hidden[row]) for row in range(table.shape[0])]
    return rows + [(table[:, column], hidden[:, column]) for column in range(table.shape[1])]


def _exposed(numbers: NDArray[np.int64], held: NDArray[np.bool_], *, threshold: int) -> bool:
    """Whether the margin minus what is shown would give a small number away."""
    count = int(held.sum())
    if count in {0, held.size}:
        return False
    return count == 1 or int(numbers[held].sum()) < threshold
