"""Consolidating classes: moving one individual at a time as long as it brings the classes together.

Hartigan and Wong (1979): unlike nearest-centre reassignment, a move counts what leaving and joining
does to both centres, so the result is at least as good and never leaves a class empty.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

SWEEPS = 200
WORTH = 1e-12  # of the inertia: a smaller gain is rounding


@dataclass(frozen=True)
class Consolidated:
    """Classes after the moves, how many moves, and the inertia within classes before and after."""

    classes: NDArray[np.int64]
    moves: int
    within_before: float
    within_after: float


def consolidate(points: ArrayLike, classes: ArrayLike, *, weights: ArrayLike | None = None) -> Consolidated:
    """Move individuals one by one, each to where the inertia within classes falls most, until none would.

    Classes keep their numbers. Raises ValueError when points, classes and weights do not match.
    """
    x = np.asarray(points, dtype=float)
    found = np.array(classes, dtype=np.int64)
    mass = np.ones(x.shape[0]) if weights is None else np.array(weights, dtype=float)
    if x.ndim != 2 or found.shape != (x.shape[0],) or mass.shape != found.shape or (found < 0).any():
        raise ValueError("One class and one weight per point are needed")
    mass = mass / mass.sum()
    k = int(found.max()) + 1
    totals = np.bincount(found, weights=mass, minlength=k)
    sums = [np.bincount(found, weights=mass * column, minlength=k) for column in x.T]
    centres: Array = np.stack(sums, axis=1) / np.where(totals > 0, totals, 1.0)[:, None]
    before = _within(x, found, mass, centres)
    moves, still = 0, 0
    least = WORTH * max(before, 1e-300)
    for step in range(SWEEPS * x.shape[0]):
        if still == x.shape[0]:
            break
        one = step % x.shape[0]
        home, weight = int(found[one]), mass[one]
        still += 1
        if totals[home] <= weight * (1 + 1e-12):
            continue
        gaps = ((centres - x[one]) ** 2).sum(axis=1)
        cost = totals * weight / (totals + weight) * gaps
        cost[home] = totals[home] * weight / (totals[home] - weight) * gaps[home]
        best = int(cost.argmin())
        if cost[home] - cost[best] > least:
            centres[home] = (centres[home] * totals[home] - weight * x[one]) / (totals[home] - weight)
            centres[best] = (centres[best] * totals[best] + weight * x[one]) / (totals[best] + weight)
            totals[home] -= weight
            totals[best] += weight
            found[one], moves, still = best, moves + 1, 0
    return Consolidated(found, moves, before, _within(x, found, mass, centres))


def _within(x: Array, classes: NDArray[np.int64], mass: Array, centres: Array) -> float:
    return float(mass @ ((x - centres[classes]) ** 2).sum(axis=1))
