"""Krippendorff's alpha for values: nominal, ordinal, interval, ratio; any coders, missing data.

Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability. The coincidences are never
written pair by pair: with n_uc how many gave value c to unit u, m_u how many coded it, the matrix is
Nᵀ·diag(1/(m_u − 1))·N minus its diagonal of single codes.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from nuserus_analysis.agreement.ratings import MISSING, Ratings

TWICE = 2


class Metric(StrEnum):
    """What the distance between two values means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


def krippendorff_alpha(ratings: Ratings, metric: Metric = Metric.NOMINAL) -> float:
    """1 − observed / expected disagreement; 1 is perfect, 0 what chance gives, below 0 systematic.

    Units coded by fewer than two people do not count. NaN when only one value was given: nothing
    varies, so nothing can be told. Raises ValueError when no unit was coded twice, or when an
    interval or ratio metric meets values that are not numbers (ratio: not below zero).
    """
    coincidences = coincidence_matrix(ratings)
    totals = coincidences.sum(axis=1)
    n = totals.sum()
    if n == 0:
        raise ValueError("No unit was coded by two people: there is nothing to compare")
    distance = squared_distances(ratings, totals, metric)
    observed = float((coincidences * distance).sum()) / n
    expected = float(totals @ distance @ totals) / (n * (n - 1))
    return float("nan") if expected == 0 else 1 - observed / expected


def coincidence_matrix(ratings: Ratings) -> NDArray[np.float64]:
    """How often two values meet in one unit, each unit weighing as many as coded it: values × values."""
    if ratings.coders**2 < len(ratings.values):
        return _by_pairs_of_coders(ratings)
    counts = ratings.counts
    coded = counts.sum(axis=1)
    counts = counts[coded >= TWICE]
    weights = 1.0 / (coded[coded >= TWICE] - 1)
    matrix: NDArray[np.float64] = (counts * weights[:, None]).T @ counts
    matrix[np.diag_indices_from(matrix)] -= weights @ counts
    return matrix


def _by_pairs_of_coders(ratings: Ratings) -> NDArray[np.float64]:
    """The same, quicker for few coders and many values: no table of units × values."""
    given = ratings.codes != MISSING
    coded = given.sum(axis=1)
    weights = np.where(coded >= TWICE, 1.0 / np.maximum(coded - 1, 1), 0.0)
    width = len(ratings.values)
    met = np.zeros(width * width)
    for one, other in combinations(range(ratings.coders), 2):
        both = given[:, one] & given[:, other]
        pair = ratings.codes[both, one] * width + ratings.codes[both, other]
        met += np.bincount(pair, weights=weights[both], minlength=met.size)
    matrix = met.reshape(width, width)
    return np.asarray(matrix + matrix.T)


def squared_distances(ratings: Ratings, totals: NDArray[np.float64], metric: Metric) -> NDArray[np.float64]:
    """δ² between all pairs of values; for the ordinal one `totals` are how often each was paired."""
    if metric == Metric.NOMINAL:
        return 1.0 - np.eye(len(ratings.values))
    if metric == Metric.ORDINAL:
        # the codes between two values, half of each end: a difference of middles of ranks
        middles = np.cumsum(totals) - totals / 2
        return np.asarray((middles[:, None] - middles[None, :]) ** 2)
    numbers = _numbers(ratings)
    difference = numbers[:, None] - numbers[None, :]
    if metric == Metric.INTERVAL:
        return np.asarray(difference**2)
    if (numbers < 0).any():
        raise ValueError("A ratio metric needs values that are not below zero")
    total = numbers[:, None] + numbers[None, :]
    return np.asarray(np.divide(difference, total, out=np.zeros_like(total), where=total != 0) ** 2)


def _numbers(ratings: Ratings) -> NDArray[np.float64]:
    try:
        return np.asarray([float(value) for value in ratings.values])
    except (TypeError, ValueError):
        raise ValueError("Interval and ratio metrics need numbers") from None
