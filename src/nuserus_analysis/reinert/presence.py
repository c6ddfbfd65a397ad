"""A table of presence, kept the way that dividing it needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]

# odd constants of SplitMix64 (Steele, Lea and Flood, 2014): two sums of mixed column numbers tell rows apart
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


@dataclass(frozen=True)
class Presence:
    """Distinct rows of a binary table, each with how many segments are alike (`weights`).

    Segments with the same forms are one row: which of two equal segments moves would be arbitrary.
    `members[i]` is the row of segment i. Rows stand in an order that depends on what they hold, so
    nothing that follows depends on the order of the segments.
    """

    rows: sparse.csr_matrix
    weights: Array
    members: Numbers

    @classmethod
    def of(cls, table: sparse.csr_matrix) -> Presence:
        """From a sparse table of ones, its indices sorted. Raises ValueError for a row that holds nothing."""
        if not np.diff(table.indptr).all():
            raise ValueError("A row without any form cannot stand in a division")
        keys = _keys(table)
        order = np.lexsort(keys)
        new = np.empty(order.size, dtype=bool)
        new[:1] = True
        new[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
        members = np.empty(order.size, dtype=np.int64)
        members[order] = np.cumsum(new) - 1
        counts = np.bincount(members).astype(float)
        return cls(table[order[new]], counts, members)

    @cached_property
    def columns(self) -> sparse.csc_matrix:
        return self.rows.tocsc()

    @cached_property
    def lengths(self) -> Array:
        """Forms of each row, times its weight: what it adds to the size of a group."""
        return np.asarray(np.diff(self.rows.indptr) * self.weights)

    @cached_property
    def totals(self) -> Array:
        """Segments that hold each form."""
        return np.asarray(self.rows.T @ self.weights)

    @cached_property
    def size(self) -> float:
        """All the ones of the table."""
        return float(self.lengths.sum())

    @property
    def segments(self) -> int:
        return int(self.weights.sum())


def binary(table: ArrayLike | sparse.spmatrix) -> sparse.csr_matrix:
    """Ones where something is, in a sparse table with sorted indices. Raises ValueError for an empty one."""
    found = sparse.csr_matrix(table)
    if found.ndim != 2 or 0 in found.shape:
        raise ValueError("A table of segments × forms is needed, with a row and a column at least")
    found = found.astype(np.float64)
    found.data = (found.data != 0).astype(np.float64)
    found.eliminate_zeros()
    found.sum_duplicates()
    return found


def _keys(table: sparse.csr_matrix) -> tuple[NDArray[np.uint64], NDArray[np.uint64], Numbers]:
    lengths = np.diff(table.indptr)
    sums = []
    for seed in (1, 2):
        mixed = (np.arange(table.shape[1], dtype=np.uint64) + np.uint64(seed * 0x1000003)) * _MIX[0]
        for shift, factor in ((30, _MIX[1]), (27, _MIX[2])):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
        mixed ^= mixed >> np.uint64(31)
        running = np.concatenate([[np.uint64(0)], np.cumsum(mixed[table.indices], dtype=np.uint64)])
        sums.append(running[table.indptr[1:]] - running[table.indptr[:-1]])
    return sums[0], sums[1], lengths.astype(np.int64)
