"""Intervals by resampling units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nuserus_analysis.agreement.ratings import Ratings


@dataclass(frozen=True, slots=True)
class Interval:
    """A coefficient, its percentile interval, and how many of the resamples told nothing (NaN)."""

    value: float
    low: float
    high: float
    level: float
    resamples: int
    undefined: int


def bootstrap(
    ratings: Ratings,
    measure: Callable[[Ratings], float],
    *,
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
) -> Interval:
    """Draw the units again, with replacement, and measure each time (percentile bootstrap).

    The same seed gives the same interval. Resamples in which nothing varies, or nothing can be
    compared, are counted apart and left out: many of them say that the units are too few.
    """
    random = np.random.default_rng(seed)
    found = [
        _measured(ratings.take(random.integers(ratings.units, size=ratings.units)), measure) for _ in range(resamples)
    ]
    values = np.asarray(found)
    told = values[~np.isnan(values)]
    tail = (1 - level) / 2
    low, high = np.quantile(told, [tail, 1 - tail]).tolist() if told.size else (float("nan"), float("nan"))
    return Interval(measure(ratings), low, high, level, resamples, int(resamples - told.size))


def _measured(ratings: Ratings, measure: Callable[[Ratings], float]) -> float:
    try:
        return measure(ratings)
    except ValueError:
        return float("nan")
