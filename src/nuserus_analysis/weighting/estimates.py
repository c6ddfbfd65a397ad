"""Means, totals, proportions and differences, with the variance of the sample as it was drawn.

Linearised (Taylor) variances for stratified and clustered first stages, with the finite population
correction; after calibration the residuals on the calibration variables take the place of the values
(Deville and Särndal, 1992). Intervals use Student's t on clusters minus strata; for proportions they
are made on the logit scale, so they stay between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from nuserus_analysis.weighting.design import Design

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its standard error and interval; `n` rows it comes from, `freedom` degrees."""

    value: float
    error: float
    low: float
    high: float
    level: float
    n: int
    freedom: int


def estimate_total(design: Design, values: ArrayLike, *, level: float = 0.95) -> Estimate:
    """The sum over the population. `values`: a number per row, 0 outside a domain."""
    y = _known(design, values)
    total = float(design.weights @ y)
    return _normal(total, variance_of_total(design, y), design, level, n=y.size)


def estimate_mean(
    design: Design, values: ArrayLike, *, within: ArrayLike | None = None, level: float = 0.95
) -> Estimate:
    """The mean over the population, or over the rows of a domain (`within`, a boolean per row).

    Rows outside the domain stay in the sample, as they must for the variance. Raises ValueError for
    an empty domain.
    """
    value, influence, n = _mean(design, values, within)
    return _normal(value, variance_of_total(design, influence), design, level, n=n)


def estimate_proportion(
    design: Design, holds: ArrayLike, *, within: ArrayLike | None = None, level: float = 0.95
) -> Estimate:
    """The share of rows for which something holds, with a logit interval; none at exactly 0 or 1."""
    value, influence, n = _mean(design, np.asarray(holds, dtype=bool).astype(float), within)
    variance = variance_of_total(design, influence)
    error, freedom = float(np.sqrt(variance)), degrees_of_freedom(design)
    if not 0 < value < 1:
        return Estimate(value, error, float("nan"), float("nan"), level, n, freedom)
    margin = _student(level, freedom) * error / (value * (1 - value))
    middle = np.log(value / (1 - value))
    low, high = (float(1 / (1 + np.exp(-(middle + side * margin)))) for side in (-1, 1))
    return Estimate(value, error, low, high, level, n, freedom)


def estimate_difference(
    before: tuple[Design, ArrayLike],
    after: tuple[Design, ArrayLike],
    *,
    same_clusters: bool = False,
    level: float = 0.95,
) -> Estimate:
    """The mean after minus the mean before, for two waves.

    Independent samples: the variances add up. `same_clusters`: a panel, the same rows in the same
    order in both waves, so what each cluster says twice is taken together. Raises ValueError when a
    panel's waves do not have the same rows.
    """
    (first, told_first), (second, told_second) = before, after
    old, old_influence, n_old = _mean(first, told_first, None)
    new, new_influence, n_new = _mean(second, told_second, None)
    if not same_clusters:
        variance = variance_of_total(first, old_influence) + variance_of_total(second, new_influence)
        freedom = degrees_of_freedom(first) + degrees_of_freedom(second)
        return _interval(new - old, variance, level, n_old + n_new, freedom)
    if not (np.array_equal(first.strata, second.strata) and np.array_equal(first.clusters, second.clusters)):
        raise ValueError("A panel has the same rows in both waves, in the same order")
    scores = _scores(second, new_influence) - _scores(first, old_influence)
    return _interval(new - old, _between_clusters(second, scores), level, n_new, degrees_of_freedom(second))


def variance_of_total(design: Design, values: Array) -> float:
    """Variance of the weighted total of `values` under the design, residuals taken if calibrated.

    A stratum with a single cluster says nothing of its own spread: it adds nothing, unless its
    population is larger, in which case the variance is unknown (NaN) rather than too small.
    """
    return _between_clusters(design, _scores(design, values))


def _scores(design: Design, values: Array) -> Array:
    if design.auxiliary is None or design.base_weights is None:
        return design.weights * values
    x, base = design.auxiliary, design.base_weights
    slope, *_rest = np.linalg.lstsq(x * np.sqrt(base)[:, None], values * np.sqrt(base), rcond=None)
    return np.asarray(design.weights * (values - x @ slope))


def _between_clusters(design: Design, scores: Array) -> float:
    sums = np.bincount(design.clusters, weights=scores)
    _numbers, first = np.unique(design.clusters, return_index=True)
    stratum = design.strata[first]
    count = np.bincount(stratum, minlength=design.populations.size).astype(float)
    mean = np.bincount(stratum, weights=sums, minlength=count.size) / count
    spread = np.bincount(stratum, weights=(sums - mean[stratum]) ** 2, minlength=count.size)
    with np.errstate(divide="ignore", invalid="ignore"):
        kept = 1 - count / design.populations
        parts = kept * count / (count - 1) * spread
    alone = count == 1
    parts[alone] = np.where(kept[alone] <= 0, 0.0, np.nan)
    return float(parts.sum())


def degrees_of_freedom(design: Design) -> int:
    """Clusters minus strata."""
    return int(np.unique(design.clusters).size - np.unique(design.strata).size)


def _mean(design: Design, values: ArrayLike, within: ArrayLike | None) -> tuple[float, Array, int]:
    y = _known(design, values)
    inside = np.ones(y.size) if within is None else np.asarray(within, dtype=bool).astype(float)
    if inside.size != y.size or not inside.any():
        raise ValueError("The domain is empty, or has not one value per row")
    size = float(design.weights @ inside)
    mean = float(design.weights @ (inside * y)) / size
    return mean, np.asarray(inside * (y - mean) / size), int(inside.sum())


def _known(design: Design, values: ArrayLike) -> Array:
    y = np.asarray(values, dtype=float)
    if y.shape != design.weights.shape or not np.isfinite(y).all():
        raise ValueError("Values must be known, one per row: leave rows out with a domain, not with gaps")
    return y


def _normal(value: float, variance: float, design: Design, level: float, *, n: int) -> Estimate:
    return _interval(value, variance, level, n, degrees_of_freedom(design))


def _interval(value: float, variance: float, level: float, n: int, freedom: int) -> Estimate:
    error = float(np.sqrt(variance))
    margin = _student(level, freedom) * error
    return Estimate(value, error, value - margin, value + margin, level, n, freedom)


def _student(level: float, freedom: int) -> float:
    return float(stats.t.ppf(0.5 + level / 2, freedom)) if freedom > 0 else float("nan")
