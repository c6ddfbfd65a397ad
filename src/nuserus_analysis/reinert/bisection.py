"""Dividing a set of segments in two so that the two vocabularies differ most.

For a table of two groups, with aⱼ the segments of the first that hold form j, cⱼ all of them, A and B
the sizes of the groups (ones in the table) and N = A + B:

    χ² = N²/(A·B) · (S − A²/N),   S = Σ aⱼ²/cⱼ

So all the cuts along an axis come from one cumulative sum of what each segment adds to S. What follows
the cut is in `switching`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import LinearOperator, eigsh

from nuserus_analysis.reinert.presence import Array, Numbers, Presence

SAME = 1e-9  # of the range of an axis: nearer coordinates are one
GAP = 1e-6  # of the first inertia: a second axis nearer than this could have been the first
WORTH = 1e-10  # of χ²: a smaller gain is rounding
SPREADS = 12  # from form to form, before parts are sought in another way
SMALL = 400  # up to this many columns, a whole eigenproblem costs less than iterating


@dataclass(frozen=True)
class Halves:
    """`first`: which rows are in the first group; χ² of the division; how it was found.

    `parts`: connected parts of the table (more than one: the axis is not the only one); `tied`: whether
    another axis, or another cut, was as good.
    """

    first: NDArray[np.bool_]
    chi2: float
    moves: int
    parts: int
    tied: bool


def chi_squared(size: float, in_first: Array | float, squares: Array | float) -> Array:
    """χ² of divisions, from A (`in_first`) and S (`squares`); 0 where a group is empty."""
    a = np.asarray(in_first, dtype=float)
    product = a * (size - a)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = size**2 / product * (np.asarray(squares) - a**2 / size)
    return np.where(product > 0, found, 0.0)


def first_axis(table: Presence) -> tuple[Array, int, bool]:
    """Coordinates of rows on the first correspondence axis, connected parts, and whether the axis is tied.

    A table in several parts has no single first axis: the largest part is opposed to the others.
    """
    parts, label = _parts(table)
    if parts > 1:
        sizes = np.bincount(label, weights=table.lengths)
        return np.where(label == sizes.argmax(), 1.0, 0.0), parts, bool((sizes == sizes.max()).sum() > 1 or parts > 2)
    used = np.flatnonzero(table.totals > 0)
    c, lengths = table.totals[used], np.diff(table.rows.indptr).astype(float)
    rows = table.rows[:, used]
    scaled = sparse.diags_array(np.sqrt(table.weights / lengths)) @ rows @ sparse.diags_array(1 / np.sqrt(c))
    trivial = np.sqrt(c / c.sum())
    values, vectors = _two_largest(scaled.tocsr(), trivial)
    coordinates = (rows @ (vectors[:, -1] / np.sqrt(c))) / lengths
    return np.asarray(coordinates), 1, bool(values[-1] - values[0] < GAP * values[-1])


def _two_largest(scaled: sparse.csr_matrix, trivial: Array) -> tuple[Array, Array]:
    """The two largest eigenvalues (ascending) of scaledᵀ·scaled without its trivial vector."""
    width = scaled.shape[1]
    if width <= SMALL:
        gram = (scaled.T @ scaled).toarray() - np.outer(trivial, trivial)
        values, vectors = np.linalg.eigh(gram)
        return (values[-2:], vectors[:, -2:]) if width > 1 else (np.array([0.0, values[-1]]), vectors)
    turned = scaled.T.tocsr()

    def product(vector: Array) -> Array:
        flat = vector.ravel()
        return np.asarray(turned @ (scaled @ flat) - trivial * (trivial @ flat))

    operator = LinearOperator((width, width), matvec=product, dtype=np.float64)
    # a start of our own: the same table gives the same axis
    start = np.cos(np.arange(width) * 1.618033988749895) + 2 * trivial
    values, vectors = eigsh(operator, k=2, which="LA", v0=start, tol=1e-9, maxiter=5000, ncv=24)
    order = np.argsort(values)
    return values[order], vectors[:, order]


def _parts(table: Presence) -> tuple[int, Numbers]:
    """How many connected parts the rows make through shared forms, and the part of each."""
    height = table.rows.shape[0]
    if _all_reached(table):
        return 1, np.zeros(height, dtype=np.int64)
    both = sparse.bmat([[None, table.rows], [table.rows.T, None]], format="csr")
    _count, label = connected_components(both, directed=False)
    names, inverse = np.unique(label[:height], return_inverse=True)
    return int(names.size), inverse.astype(np.int64)


def _all_reached(table: Presence) -> bool:
    """Whether going from the first row to the rows that share a form, a few times, reaches all: nearly always."""
    reached = np.zeros(table.rows.shape[0])
    reached[0], before = 1.0, 0
    for _spread in range(SPREADS):
        forms = np.minimum(table.rows.T @ reached, 1.0)
        reached = np.minimum(table.rows @ forms, 1.0)
        count = int(np.count_nonzero(reached))
        if count in {before, reached.size}:
            break
        before = count
    return count == reached.size


def best_cut(table: Presence, coordinates: Array) -> tuple[NDArray[np.bool_], float, bool]:
    """The cut of an ordering with the largest χ²: which rows are in the first group, χ², and whether it is tied.

    Rows of one coordinate are never parted, since their order would be arbitrary.
    """
    order = np.argsort(coordinates, kind="stable")
    ordered = table.rows[order].tocsc()
    weights = table.weights[order]
    here = weights[ordered.indices]
    before = np.cumsum(here) - here
    starts = ordered.indptr[:-1]
    before -= np.repeat(np.append(before, 0.0)[starts], np.diff(ordered.indptr))
    added = (2 * before + here) * here / np.repeat(table.totals, np.diff(ordered.indptr))
    squares: Array = np.cumsum(np.bincount(ordered.indices, weights=added, minlength=order.size).astype(float))
    sizes = np.cumsum(table.lengths[order])
    chi2 = chi_squared(table.size, sizes, squares)
    sorted_axis = coordinates[order]
    apart = np.append(np.diff(sorted_axis) > SAME * max(np.ptp(sorted_axis), 1e-300), False)
    chi2[~apart] = -1.0
    best = int(chi2.argmax())
    first = np.zeros(order.size, dtype=bool)
    if chi2[best] <= 0:
        return first, 0.0, False
    first[order[: best + 1]] = True
    tied = int((chi2 > chi2[best] * (1 - WORTH)).sum()) > 1
    return first, float(chi2[best]), tied
