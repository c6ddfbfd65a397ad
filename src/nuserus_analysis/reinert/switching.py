"""Moving segments between the two halves, one at a time, as long as χ² grows.

With a weight w and a length l, moving a row changes A by ±w·l and S by z = ±2w·y + w²·Σ 1/cⱼ, where
y = Σ aⱼ/cⱼ over its forms. y is computed where it is looked at, and nowhere else: blocks of rows when
sweeping; when the best of all rows is wanted, the few that could be, and a bound on all the others.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nuserus_analysis.reinert.bisection import WORTH, chi_squared
from nuserus_analysis.reinert.presence import Array, Presence

Rows = NDArray[np.integer[Any]]

EMPTY = 1e-12  # A/N·(1 − A/N) of a division that leaves a group empty
BLOCK, LONGEST = 64, 8192  # rows looked at together
RARE = 1.0  # a form that fewer than this times the square root of the rows hold
FEW = 8192  # rows up to which keeping only some up to date costs more than it spares
WATCHED = 1024  # rows kept up to date when the best of many is wanted
SHORT, LONG = 48, 512  # moves between two looks at all rows: below, more rows are watched; above, fewer


class Switching:
    """The two groups, and what χ² would be after moving each row to the other one."""

    def __init__(self, table: Presence, first: NDArray[np.bool_]) -> None:
        self.table = table
        self.first = first.copy()
        with np.errstate(divide="ignore"):
            self.inverse = np.where(table.totals > 0, 1 / table.totals, 0.0)
        self._in_first = np.asarray(table.rows.T @ (table.weights * first))
        self.shares = self._in_first * self.inverse  # aⱼ/cⱼ
        self.alone = np.asarray(table.rows @ self.inverse) * table.weights**2
        self.moves = 0
        self.recount()

    def recount(self) -> None:
        """S and A from what they are made of: nothing of the rounding of many moves is left."""
        self.shares = self._in_first * self.inverse
        self.squares = float(self._in_first @ self.shares)
        self.size = float(self.table.lengths @ self.first)
        self.chi2 = float(chi_squared(self.table.size, self.size, self.squares))

    def near(self, start: int = 0, stop: int | None = None) -> Array:
        """y of consecutive rows."""
        edges = self.table.rows.indptr[start : None if stop is None else stop + 1]
        forms = self.table.rows.indices[edges[0] : edges[-1]]
        return np.add.reduceat(self.shares.take(forms), edges[:-1] - edges[0])

    def gains(self, rows: slice | Rows, near: Array) -> Array:
        """z of these rows, from their y: what the move of each adds to S."""
        found = np.where(self.first[rows], -2.0, 2.0)
        found *= self.table.weights[rows]
        found *= near
        found += self.alone[rows]
        return np.asarray(found)

    def steps(self, rows: slice | Rows) -> Array:
        """What the move of each row adds to A."""
        return np.where(self.first[rows], -1.0, 1.0) * self.table.lengths[rows]

    def after(self, gains: Array, steps: Array) -> Array:
        """χ² after moves that add this to S and to A."""
        n = self.table.size
        a = (self.size + steps) / n
        # S' − A'²/N, over A'·(N − A') = N²·(A'/N − (A'/N)²)
        shares = a - a * a
        with np.errstate(divide="ignore", invalid="ignore"):
            found = (gains + (self.squares - n * a * a)) / shares
        found[~(shares > EMPTY)] = 0.0  # a group would be empty
        return np.asarray(found)

    def gains_for(self, value: float, steps: Array) -> Array:
        """The z that would give this χ²; no bound where a group would be empty."""
        n = self.table.size
        a = (self.size + steps) / n
        shares = a - a * a
        return np.where(shares > EMPTY, value * shares - (self.squares - n * a * a), np.inf)

    def values(self, start: int = 0, stop: int | None = None) -> Array:
        """χ² after moving each of these rows to the other group."""
        here = slice(start, stop)
        return self.after(self.gains(here, self.near(start, stop)), self.steps(here))

    def forms(self, row: int) -> NDArray[np.int32]:
        """The forms of a row."""
        edges = self.table.rows.indptr
        return np.asarray(self.table.rows.indices[edges[row] : edges[row + 1]])

    def move(self, row: int) -> None:
        """Move one row to the other group."""
        side = -1.0 if self.first[row] else 1.0
        weight, forms = self.table.weights[row] * side, self.forms(row)
        self.squares += 2 * weight * float(self.shares[forms].sum()) + self.alone[row]
        self.size += side * self.table.lengths[row]
        self._in_first[forms] += weight
        self.shares[forms] = self._in_first[forms] * self.inverse[forms]
        self.first[row] = not self.first[row]
        self.moves += 1
        self.chi2 = float(chi_squared(self.table.size, self.size, self.squares))

    def foremost(self, values: Array) -> int | None:
        """Which value is best, the first of equal ones; None when it would not raise χ²."""
        most = values.max(initial=0.0)
        if most <= self.chi2 * (1 + WORTH):
            return None
        return int((values >= most * (1 - WORTH)).argmax())


def steepest(table: Presence, first: NDArray[np.bool_], *, watched: int | None = None) -> Switching:
    """Move, each time, the row that raises χ² most, until none does.

    Up to FEW rows, all are looked at each time. Beyond, after a look at all rows only the `watched` best of
    them are kept up to date. Moves go on as long as no other row can be as good; then all are looked at
    again. The result is that of always looking at all.
    """
    state, height = Switching(table, first), table.weights.size
    kinds = _Kinds(table)
    if watched is None:
        watched = WATCHED if height > FEW else height
    while state.moves < 20 * height:
        before = state.moves
        state.recount()
        watch = _Watch(state, kinds, min(watched, height))
        while (row := watch.best()) is not None and state.moves < 20 * height:
            watch.move(row)
        done = state.moves - before
        if not done:
            break
        if done < SHORT:
            watched = min(2 * watched, max(height // 4, watched))
        elif done > LONG:
            watched = max(watched // 2, 1)
    return state


class _Kinds:
    """Rows of one weight and length: the same move of A, so the largest z is the best of them."""

    def __init__(self, table: Presence) -> None:
        lengths = np.diff(table.rows.indptr).astype(np.int64)
        span = int(lengths.max()) + 1
        names, self.of = np.unique(table.weights.astype(np.int64) * span + lengths, return_inverse=True)
        weights, self.lengths = (names // span).astype(float), names % span
        self.count, self.slope = names.size, 2 * weights
        self.steps = np.outer([1.0, -1.0], weights * self.lengths)  # of A, out of the second group and of the first
        frequent = RARE * np.sqrt(table.weights.size)
        self.rare = table.totals <= frequent
        self.frequent = np.flatnonzero(~self.rare)
        self._table = table

    @cached_property
    def rows_of(self) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Rows that hold each form: where they start, and the rows."""
        columns = self._table.columns
        return columns.indptr, columns.indices


class _Watch:
    """Some rows kept up to date, and for each kind of the others the most that moving one could give.

    A move changes y through the forms of the row. Through rare forms, few rows change: they are changed at
    once, and watched when they pass the bound. Through frequent ones, all rows change, but by little:
    no row by more than the largest changes that it has room for.
    """

    def __init__(self, state: Switching, kinds: _Kinds, count: int) -> None:
        self._state, self._kinds = state, kinds
        table, height = state.table, state.first.size
        self._near = np.asarray(table.rows @ state.shares)
        gains = state.gains(slice(None), self._near)
        values = state.after(gains, state.steps(slice(None)))
        self._next = state.foremost(values)
        self._fresh = True
        self._inside = np.ones(height, dtype=bool)
        self._whole = count >= height
        if not self._whole:
            ranked = np.argpartition(values, height - count)
            self._inside[ranked[: height - count]] = False
            if self._next is not None:
                self._inside[self._next] = True
            self._bounds = state.gains_for(float(values[ranked[height - count]]), kinds.steps)
        self._before = state.shares[kinds.frequent].copy()
        self._table = table
        self._rows = np.flatnonzero(self._inside)
        self._held = table.rows if self._whole else table.rows[self._rows]

    def _add(self, rows: Rows) -> None:
        """Watch more rows."""
        self._inside[rows] = True
        rows = np.unique(rows)
        more, held = self._table.rows[rows], self._held
        indptr = np.concatenate([held.indptr, more.indptr[1:] + held.nnz])
        parts = (np.concatenate([held.data, more.data]), np.concatenate([held.indices, more.indices]), indptr)
        self._rows = np.concatenate([self._rows, rows])
        self._held = sparse.csr_matrix(parts, shape=(self._rows.size, held.shape[1]))

    def best(self) -> int | None:
        """The row whose move is best of all; None when none is good, or one that is not watched could be better."""
        if self._fresh:
            self._fresh = False
            return self._next
        state, rows = self._state, self._rows
        values = state.after(state.gains(rows, self._held @ state.shares), state.steps(rows))
        least = values.max() * (1 - WORTH)
        if state.foremost(values) is None or (not self._whole and self._elsewhere() >= least):
            return None
        return int(rows[values >= least].min())

    def _elsewhere(self) -> float:
        """A bound on χ² after the move of any row that is not watched."""
        kinds, state = self._kinds, self._state
        changes = np.sort(state.shares[kinds.frequent] - self._before)
        room = np.zeros((2, changes.size + 1))
        np.cumsum(np.maximum(changes[::-1], 0.0), out=room[0, 1:])
        np.cumsum(np.maximum(-changes, 0.0), out=room[1, 1:])
        gains = self._bounds + kinds.slope * room[:, np.minimum(kinds.lengths, changes.size)]
        return float(state.after(gains, kinds.steps).max())

    def move(self, row: int) -> None:
        """Move a watched row, and watch those that it brings near."""
        state, kinds = self._state, self._kinds
        weight = self._table.weights[row] * (-1.0 if state.first[row] else 1.0)
        state.move(row)
        if self._whole:
            return
        forms = state.forms(row)
        starts, rows = kinds.rows_of
        touched = []
        for form in forms[kinds.rare[forms]].tolist():
            here = rows[starts[form] : starts[form + 1]]
            self._near[here] += weight * state.inverse[form]
            touched.append(here)
        if not touched:
            return
        near = np.concatenate(touched)
        near = near[~self._inside[near]]
        bounds = self._bounds[state.first[near].astype(np.intp), kinds.of[near]]
        passing = near[state.gains(near, self._near[near]) > bounds]
        if passing.size:
            self._add(passing)


def sweeping(table: Presence, first: NDArray[np.bool_], *, least: float = 5.0) -> Switching:
    """Go through the rows again and again, moving each that raises χ², while both groups keep `least` segments.

    What follows a row is looked at many rows at a time, up to the next that moves: the result is that of
    going one by one.
    """
    state = Switching(table, first)
    sizes = np.array([table.weights @ ~state.first, table.weights @ state.first])
    n = table.weights.size
    moved = True
    while moved:
        moved, row, block = False, 0, BLOCK
        while row < n:
            stop = min(row + block, n)
            gaining = state.values(row, stop) > state.chi2 * (1 + WORTH)
            home = state.first[row:stop].astype(int)
            gaining &= sizes[home] - table.weights[row:stop] >= least
            ahead = int(gaining.argmax())
            if not gaining[ahead]:
                row, block = stop, min(2 * block, LONGEST)
                continue
            row += ahead
            here = int(state.first[row])
            state.move(row)
            sizes[here] -= table.weights[row]
            sizes[1 - here] += table.weights[row]
            moved, row, block = True, row + 1, BLOCK
    return state
