"""Who said what of which unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

MISSING = -1


@dataclass(frozen=True)
class Ratings:
    """Codes of `units` (rows) by `coders` (columns), as indices into `values`; -1 where nobody said.

    `values` are the distinct values in their order: numbers ascending, words alphabetically, or as
    given. For ordinal measures their order is what counts.
    """

    codes: NDArray[np.int64]
    values: tuple[Any, ...]

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]], *, order: Sequence[Any] | None = None) -> Ratings:
        """From one row per unit, one value per coder; None or NaN where a coder said nothing.

        `order` gives the values in their order. Raises ValueError when rows have not the same length,
        when nothing is coded, or when a value is not in `order`.
        """
        table = [[None if _is_missing(value) else value for value in row] for row in rows]
        if not table or len({len(row) for row in table}) != 1:
            raise ValueError("Ratings need one row per unit, and as many values in each as there are coders")
        found = {value for row in table for value in row if value is not None}
        if not found:
            raise ValueError("Nobody coded anything")
        values = tuple(order) if order is not None else tuple(sorted(found, key=_by_kind))
        place = {value: rank for rank, value in enumerate(values)}
        if not found <= place.keys():
            raise ValueError(f"Values that the order does not have: {sorted(map(str, found - place.keys()))}")
        codes = [[MISSING if value is None else place[value] for value in row] for row in table]
        return cls(np.asarray(codes, dtype=np.int64), values)

    @property
    def coders(self) -> int:
        return int(self.codes.shape[1])

    @property
    def units(self) -> int:
        return int(self.codes.shape[0])

    @cached_property
    def counts(self) -> NDArray[np.float64]:
        """How many coders gave each value to each unit: units × values."""
        width = len(self.values)
        rows = np.repeat(np.arange(self.units), self.coders)
        codes = self.codes.ravel()
        given = codes != MISSING
        flat = np.bincount(rows[given] * width + codes[given], minlength=self.units * width)
        return flat.reshape(self.units, width).astype(np.float64)

    @property
    def prevalence(self) -> dict[Any, float]:
        """The share of each value among all that was coded."""
        totals = self.counts.sum(axis=0)
        return dict(zip(self.values, (totals / totals.sum()).tolist(), strict=True))

    def take(self, units: NDArray[np.int64]) -> Ratings:
        """The same coders on these units, in this order; a unit may come twice."""
        return Ratings(self.codes[units], self.values)


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


def _by_kind(value: Any) -> tuple[str, Any]:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return ("", value) if number else (type(value).__name__, value)
