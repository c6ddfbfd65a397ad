"""Ward's hierarchical clustering with weights, by chains of nearest neighbours.

Ward (1963); the chain of nearest neighbours (Benzécri, 1982; Murtagh, 1983) gives the same tree as
comparing all pairs, in n² operations and without a table of distances. Merging two classes of masses a
and b loses a·b/(a+b) times the squared distance of their centres: the `gain` of keeping them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Tree:
    """Merges from the smallest loss to the largest: `children` (n−1 × 2; below n an individual, else the
    merge of that number minus n) and `gains` (inertia lost by each). Masses sum to 1.
    """

    children: NDArray[np.int64]
    gains: Array
    individuals: int

    def cut(self, k: int) -> NDArray[np.int64]:
        """Class of each individual, 0 to k−1, numbered by first appearance.

        Raises ValueError when there are not k classes to be had.
        """
        n = self.individuals
        if not 1 <= k <= n:
            raise ValueError(f"{n} individuals make 1 to {n} classes, not {k}")
        parent = np.arange(2 * n - 1)
        for merge in range(n - k):
            parent[self.children[merge]] = n + merge
        for node in range(2 * n - 2, -1, -1):
            parent[node] = parent[parent[node]]
        _names, first, classes = np.unique(parent[:n], return_index=True, return_inverse=True)
        order = np.empty_like(first)
        order[np.argsort(first)] = np.arange(first.size)
        return np.asarray(order[classes], dtype=np.int64)

    def suggested(self, *, least: int = 3, most: int = 10) -> int:
        """The k after which dividing again gains least in proportion: the smallest gain(k → k+1) / gain(k−1 → k)."""
        top = self.gains[::-1]  # top[k - 1]: from k to k + 1 classes
        choices = range(least, min(most, top.size) + 1)
        ratios = [(top[k - 1] / top[k - 2], k) for k in choices if k >= 2 and k - 1 < top.size and top[k - 2] > 0]
        return min(ratios)[1] if ratios else min(least, self.individuals)


def ward(points: ArrayLike, *, weights: ArrayLike | None = None) -> Tree:
    """The tree of points (rows: individuals; columns: coordinates), each of the weight given.

    Equal distances are settled by the lowest number, so the same table gives the same tree.
    Raises ValueError for an empty table, unknown coordinates, or weights that are not above zero.
    """
    centres = np.array(points, dtype=float)
    n = centres.shape[0] if centres.ndim == 2 else 0
    if n == 0 or not np.isfinite(centres).all():
        raise ValueError("Points need known coordinates, one row each")
    mass = np.ones(n) if weights is None else np.array(weights, dtype=float)
    if mass.shape != (n,) or (mass <= 0).any():
        raise ValueError("Weights must be above zero, one per row")
    mass = mass / mass.sum()
    return _sorted(_chain(centres, mass), n)


def _chain(centres: Array, mass: Array) -> list[tuple[int, int, float]]:
    """Merges as pairs of slots (the second one is emptied), in the order in which chains find them."""
    n = mass.size
    squares = (centres**2).sum(axis=1)
    alive = np.ones(n, dtype=bool)
    found: list[tuple[int, int, float]] = []
    chain: list[int] = []
    while len(found) < n - 1:
        if not chain:
            chain.append(int(alive.argmax()))
        tip = chain[-1]
        loss = squares + squares[tip] - 2 * (centres @ centres[tip])
        np.maximum(loss, 0, out=loss)
        loss *= mass * mass[tip] / (mass + mass[tip])
        loss[~alive] = np.inf
        loss[tip] = np.inf
        nearest = int(loss.argmin())
        if len(chain) > 1 and loss[chain[-2]] <= loss[nearest]:
            nearest = chain[-2]
        if len(chain) > 1 and nearest == chain[-2]:
            del chain[-2:]
            kept, emptied = min(tip, nearest), max(tip, nearest)
            found.append((kept, emptied, float(loss[nearest])))
            total = mass[kept] + mass[emptied]
            centres[kept] = (mass[kept] * centres[kept] + mass[emptied] * centres[emptied]) / total
            mass[kept], alive[emptied] = total, False
            squares[kept] = centres[kept] @ centres[kept]
        else:
            chain.append(nearest)
    return found


def _sorted(found: list[tuple[int, int, float]], n: int) -> Tree:
    order = sorted(range(len(found)), key=lambda rank: found[rank][2])
    node = np.arange(n)
    root = np.arange(n)

    def top(slot: int) -> int:
        while root[slot] != slot:
            root[slot] = root[root[slot]]
            slot = int(root[slot])
        return slot

    children, gains = np.empty((max(n - 1, 0), 2), dtype=np.int64), np.empty(max(n - 1, 0))
    for merge, rank in enumerate(order):
        first, second, loss = found[rank]
        one, other = top(first), top(second)
        children[merge] = sorted((node[one], node[other]))
        gains[merge] = loss
        root[other] = one
        node[one] = n + merge
    return Tree(children, gains, n)
