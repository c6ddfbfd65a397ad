"""Holding small cells back, and just enough others that nobody computes them from the margins.

Whoever reads the margins and the cells that are shown knows between which numbers each hidden cell lies. A
small cell is protected when it could as well be `threshold` or more, and also less than it is. The fewest
cells that protect all of them are found exactly (Fischetti and Salazar-González, 1999, Mathematical
Programming, 84): a choice is made, the reader's best guess at each small cell is computed, and what the
choice lacked becomes a rule for the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, sparse

Array = NDArray[np.float64]

NEAR = 1e-6  # of a person: what the solver may be wrong by
ROUNDS = 500  # choices looked at; then everything is held back
NODES = 20_000  # branches looked at for each choice


@dataclass(frozen=True)
class SuppressedTable:
    """Which cells of a two-way table may be shown; `primary` are too small, the others protect them.

    `given_away`: small cells that a margin tells whatever is held back (a total that is small itself, or a line
    that holds nothing else): that margin must not be shown either.
    """

    shown: NDArray[np.bool_]
    primary: NDArray[np.bool_]
    given_away: NDArray[np.bool_]

    @property
    def secondary(self) -> NDArray[np.bool_]:
        return np.asarray(~self.shown & ~self.primary)


@dataclass(frozen=True)
class _Goal:
    """How far a small cell must be able to go, up or down (`sign`), from what it is."""

    cell: int
    sign: int
    distance: float


def suppress(counts: ArrayLike, *, threshold: int = 5) -> SuppressedTable:
    """Hold back cells of 1 to threshold − 1 people, and the fewest others that protect them when margins are shown.

    Zero is shown: it points at nobody. Of as many cells, those that hold fewest people are held back, zeros last.
    Where nothing can protect a small cell wholly, it is protected as far as can be, and told in `given_away`.
    Raises ValueError when counts are not a table of whole numbers from zero on.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or not np.issubdtype(table.dtype, np.integer) or (table < 0).any():
        raise ValueError("Counts must be a two-way table of whole numbers from zero on")
    primary = (table > 0) & (table < threshold)
    numbers, small = table.ravel().astype(float), primary.ravel()
    margins, given_away, goals = _margins(*table.shape), np.zeros(table.size, dtype=bool), list[_Goal]()
    for cell in np.flatnonzero(small).tolist():
        for sign, wished in ((1, threshold - numbers[cell]), (-1, 1.0)):
            reached, _needed = _reach(numbers, margins, np.ones(table.size), _Goal(cell, sign, wished))
            given_away[cell] |= reached < wished - NEAR
            if reached > NEAR:
                goals.append(_Goal(cell, sign, min(reached, wished)))
    hidden = _fewest(numbers, margins, small, goals)
    return SuppressedTable(~hidden.reshape(table.shape), primary, given_away.reshape(table.shape))


def _fewest(
    numbers: Array, margins: sparse.csr_matrix, small: NDArray[np.bool_], goals: list[_Goal]
) -> NDArray[np.bool_]:
    """The hidden cells: a choice, what it lacks, a better choice, until nothing is lacking."""
    whole = numbers.sum() + 1
    costs = 1 + np.where(numbers > 0, numbers / whole, 1.0) / numbers.size
    rules, least = list[Array](), list[float]()
    hidden = small.astype(float)
    for _round in range(ROUNDS):
        missed = False
        for goal in goals:
            reached, needed = _reach(numbers, margins, hidden, goal)
            if reached < goal.distance - NEAR:
                missed = True
                rules.append(np.minimum(needed, goal.distance))
                least.append(goal.distance)
        if not missed:
            return np.asarray(hidden > 0.5)
        found = optimize.milp(
            costs,
            integrality=np.ones(numbers.size),
            bounds=optimize.Bounds(small.astype(float), np.ones(numbers.size)),
            constraints=optimize.LinearConstraint(np.array(rules), np.array(least) - NEAR, np.inf),
            options={"mip_rel_gap": 0.0, "node_limit": NODES},
        )
        if found.x is None:
            break
        hidden = np.round(found.x)
    return np.ones(numbers.size, dtype=bool)


def _reach(numbers: Array, margins: sparse.csr_matrix, hidden: Array, goal: _Goal) -> tuple[float, Array]:
    """How far the cell can go when only hidden cells may differ from what they are, margins kept.

    And for each cell what hiding it is worth: whichever cells are hidden, the sum of their worths bounds how
    far the cell can go (the dual of the linear programme).
    """
    target = np.zeros(numbers.size)
    target[goal.cell] = -goal.sign
    down = np.minimum(numbers, goal.distance)
    bounds = np.column_stack([-down * hidden, goal.distance * hidden])
    found = optimize.linprog(target, A_eq=margins, b_eq=np.zeros(margins.shape[0]), bounds=bounds, method="highs")
    needed = found.lower.marginals * down - found.upper.marginals * goal.distance
    return float(-found.fun), np.asarray(np.maximum(needed, 0.0))


def _margins(height: int, width: int) -> sparse.csr_matrix:
    """Rows and columns as sums of cells."""
    rows = sparse.kron(sparse.eye(height), np.ones((1, width)))
    columns = sparse.kron(np.ones((1, height)), sparse.eye(width))
    return sparse.csr_matrix(sparse.vstack([rows, columns]))
