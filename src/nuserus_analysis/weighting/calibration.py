"""Calibration: the weights nearest to the design's that give known totals.

Deville, J.-C. and Särndal, C.-E. (1992), Calibration estimators in survey sampling. Newton's method
on the multipliers; `g` is the ratio of the new weights to the old ones.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog

Array = NDArray[np.float64]

PRECISION = 1e-12  # of totals, relative to their size
ROUNDS = 200
HALVINGS = 40


class Distance(StrEnum):
    """What « nearest » means."""

    LINEAR = "linear"  # least squares; weights may be below zero without bounds
    RAKING = "raking"  # multiplicative, always above zero
    LOGIT = "logit"  # multiplicative within bounds


@dataclass(frozen=True)
class _Link:
    """The ratio g as a function of u = x·λ, its derivative, and the bounds of g."""

    ratio: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    bounds: tuple[float, float] | None = None


class NoSolution(ValueError):
    """No weights give these totals within these bounds. `reason` is one sentence."""


@dataclass(frozen=True)
class Calibrated:
    """New weights; `g` their ratios to the old ones; `rounds` of Newton; `error` largest relative gap to totals."""

    weights: Array
    g: Array
    rounds: int
    error: float


def calibrate(
    weights: ArrayLike,
    auxiliary: ArrayLike,
    totals: ArrayLike,
    *,
    distance: Distance = Distance.LINEAR,
    bounds: tuple[float, float] | None = None,
) -> Calibrated:
    """Weights w·g with auxiliaryᵀ(w·g) = totals, g nearest to 1, and within `bounds` (required for logit).

    `auxiliary`: rows × variables; a column of ones keeps the size of the population. Linear with
    bounds is truncated linear. Redundant columns are fine when their totals agree. Raises NoSolution
    with its reason, ValueError for shapes and bounds that make no sense.
    """
    base, x, wanted = np.asarray(weights, float), np.asarray(auxiliary, float), np.asarray(totals, float)
    if x.ndim != 2 or x.shape != (base.size, wanted.size):
        raise ValueError("The auxiliary table needs one row per weight and one column per total")
    if not all(np.isfinite(part).all() for part in (base, x, wanted)):
        raise ValueError("Weights, auxiliary variables and totals must be known everywhere")
    if bounds is not None and not bounds[0] < 1 < bounds[1]:
        raise ValueError("Bounds of the ratio must stand on both sides of 1")
    link = _link(distance, bounds)
    scale = np.maximum(np.abs(wanted), np.abs(x).T @ base)
    scale[scale == 0] = 1.0
    return _newton(base, x / scale, wanted / scale, link)


def _newton(base: Array, x: Array, wanted: Array, link: _Link) -> Calibrated:
    multipliers = np.zeros(wanted.size)
    g = link.ratio(x @ multipliers)
    gap = wanted - x.T @ (base * g)
    for turn in range(1, ROUNDS + 1):
        if np.abs(gap).max() <= PRECISION:
            return Calibrated(base * g, g, turn - 1, float(np.abs(gap).max()))
        curvature = (x * (base * link.slope(x @ multipliers))[:, None]).T @ x
        step, *_rest = np.linalg.lstsq(curvature, gap, rcond=1e-13)
        for halving in range(HALVINGS):
            tried = multipliers + step / 2**halving
            with np.errstate(over="ignore", invalid="ignore"):
                new = link.ratio(x @ tried)
                left = wanted - x.T @ (base * new)
            if np.isfinite(left).all() and np.linalg.norm(left) < np.linalg.norm(gap):
                break
        else:
            break
        multipliers, g, gap = tried, new, left
    if np.abs(gap).max() <= PRECISION * 1e3:  # as near as these numbers allow
        return Calibrated(base * g, g, ROUNDS, float(np.abs(gap).max()))
    raise NoSolution(_reason(base, x, wanted, link.bounds))


def _link(distance: Distance, bounds: tuple[float, float] | None) -> _Link:
    if distance == Distance.RAKING:
        if bounds is not None:
            raise ValueError("Raking has no bounds: choose logit")
        return _Link(np.exp, np.exp)
    if distance == Distance.LOGIT:
        if bounds is None:
            raise ValueError("Logit needs bounds, for example (0.5, 2)")
        return _logit(*bounds)
    if bounds is None:
        return _Link(lambda u: 1 + u, np.ones_like)
    low, high = bounds
    return _Link(lambda u: np.clip(1 + u, low, high), lambda u: ((low < 1 + u) & (1 + u < high)).astype(float), bounds)


def _logit(low: float, high: float) -> _Link:
    speed = (high - low) / ((1 - low) * (high - 1))

    def ratio(u: Array) -> Array:
        grown = np.exp(np.clip(speed * u, -700, 700))
        return np.asarray((low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown))

    def slope(u: Array) -> Array:
        g = ratio(u)
        return np.asarray((g - low) * (high - g) / ((1 - low) * (high - 1)))

    return _Link(ratio, slope, (low, high))


def _reason(base: Array, x: Array, wanted: Array, bounds: tuple[float, float] | None) -> str:
    """Whether any ratios at all within the bounds give the totals: a linear programme says."""
    low, high = bounds if bounds is not None else (0.0, None)
    found = linprog(np.zeros(base.size), A_eq=(x * base[:, None]).T, b_eq=wanted, bounds=(low, high), method="highs")
    if found.status == 2:  # infeasible
        return "No weights give these totals within these bounds: widen them, or join categories"
    return "The totals can be reached, but not by this distance: check them, or choose another"
