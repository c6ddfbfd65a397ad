"""Correspondence analysis of a table of counts, exact, with supplementary rows and columns.

Benzécri (1973); Greenacre (2007). The axes come from the symmetric matrix of the smaller side (the
Gram matrix), so a table of 200,000 rows and 20 columns costs a 20 × 20 problem. Signs are fixed by a
rule, since an axis has none of its own: the largest column coordinate in absolute value is positive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import eigh

Array = NDArray[np.float64]

NOTHING = 1e-13  # of inertia: an axis below it is rounding


@dataclass(frozen=True)
class Correspondence:
    """Inertias (eigenvalues) of the axes, principal coordinates of rows and columns, and their masses.

    `total` is the inertia of the whole table (χ²/n), of which the kept axes are a part.
    """

    inertias: Array
    rows: Array
    columns: Array
    row_masses: Array
    column_masses: Array
    total: float

    @property
    def shares(self) -> Array:
        """Part of the inertia of each axis."""
        return self.inertias / self.total

    @property
    def row_contributions(self) -> Array:
        """Part of the inertia of each axis that each row makes (columns of the array sum to 1)."""
        return np.asarray(self.row_masses[:, None] * self.rows**2 / self.inertias)

    @property
    def column_contributions(self) -> Array:
        """Part of the inertia of each axis that each column makes."""
        return np.asarray(self.column_masses[:, None] * self.columns**2 / self.inertias)

    def place_rows(self, counts: ArrayLike) -> Array:
        """Principal coordinates of supplementary rows: means of the columns by their profile."""
        profiles = _profiles(np.atleast_2d(np.asarray(counts, dtype=float)))
        return np.asarray(profiles @ self.columns / np.sqrt(self.inertias))

    def place_columns(self, counts: ArrayLike) -> Array:
        """Principal coordinates of supplementary columns, given as columns over the active rows."""
        table = np.asarray(counts, dtype=float)
        profiles = _profiles(np.atleast_2d(table.T))
        return np.asarray(profiles @ self.rows / np.sqrt(self.inertias))


def correspondence(
    counts: ArrayLike, *, axes: int | None = None, row_weights: ArrayLike | None = None
) -> Correspondence:
    """Analyse a table of counts (rows × columns).

    `row_weights` multiply the rows (weights of a survey). Raises ValueError for negative or unknown
    counts, or for a row or column of zeros: leave those out.
    """
    table = np.array(counts, dtype=float)
    if row_weights is not None:
        table = table * np.asarray(row_weights, dtype=float)[:, None]
    if table.ndim != 2 or not np.isfinite(table).all() or (table < 0).any():
        raise ValueError("Counts must be known and not below zero, in a table")
    n = table.sum()
    if n == 0 or not table.any(axis=1).all() or not table.any(axis=0).all():
        raise ValueError("A row or a column of zeros has no profile: leave it out")
    shares = table / n
    r, c = shares.sum(axis=1), shares.sum(axis=0)
    residuals = (shares - np.outer(r, c)) / np.sqrt(np.outer(r, c))
    inertias, vectors = _axes(residuals, axes)
    columns = vectors / np.sqrt(c)[:, None] * np.sqrt(inertias)
    rows = (residuals @ vectors) / np.sqrt(r)[:, None]
    return Correspondence(inertias, rows, columns, r, c, float((residuals**2).sum()))


def _axes(residuals: Array, axes: int | None) -> tuple[Array, Array]:
    """Eigenvalues, largest first, and the vectors of the column side, signs fixed."""
    wide = residuals.shape[0] < residuals.shape[1]
    gram = residuals @ residuals.T if wide else residuals.T @ residuals
    most = min(residuals.shape) - 1
    wanted = most if axes is None else min(axes, most)
    values, vectors = eigh(gram, subset_by_index=(gram.shape[0] - max(wanted, 1), gram.shape[0] - 1))
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = values > NOTHING
    values, vectors = values[kept], vectors[:, kept]
    if wide:
        vectors = residuals.T @ vectors / np.sqrt(values)
    return values, vectors * _signs(vectors)


def _signs(vectors: Array) -> Array:
    largest = np.abs(vectors).argmax(axis=0)
    signs = np.sign(vectors[largest, np.arange(vectors.shape[1])])
    return np.where(signs == 0, 1.0, signs)


def _profiles(table: Array) -> Array:
    sums = table.sum(axis=1, keepdims=True)
    if (sums == 0).any():
        raise ValueError("A row or a column of zeros has no profile: leave it out")
    return np.asarray(table / sums)
