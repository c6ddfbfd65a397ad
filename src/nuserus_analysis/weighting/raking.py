"""Raking on margins, one variable after the other (iterative proportional fitting)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nuserus_analysis.weighting.calibration import Calibrated, Distance, NoSolution, calibrate

TOLERANCE = 1e-9


def rake(weights: ArrayLike, margins: Sequence[tuple[Sequence[Hashable], Mapping[Hashable, float]]]) -> Calibrated:
    """Weights that give each category of each variable its known total.

    `margins`: for each variable, the category of each row and the totals. It is calibration with the
    multiplicative distance on the indicators of all categories: the limit of the iterations, reached
    by Newton's method. Raises NoSolution where a category of the totals has no row, where a row's
    category has no total, or where the totals of two variables do not add up to the same.
    """
    columns: list[NDArray[np.float64]] = []
    totals: list[float] = []
    sums = []
    for labels, known in margins:
        present = set(labels)
        if missing := [name for name in known if name not in present and known[name]]:
            raise NoSolution(f"Nobody in the sample is in: {', '.join(map(str, missing))}")
        if strange := [name for name in present if name not in known]:
            raise NoSolution(f"No total is given for: {', '.join(sorted(map(str, strange)))}")
        names = [name for name in known if name in present]
        columns += [np.asarray([label == name for label in labels], dtype=float) for name in names]
        totals += [float(known[name]) for name in names]
        sums.append(sum(known.values()))
    if not np.allclose(sums, sums[0], rtol=TOLERANCE, atol=0):
        raise NoSolution("The totals of the variables do not add up to the same population")
    return calibrate(weights, np.column_stack(columns), totals, distance=Distance.RAKING)
