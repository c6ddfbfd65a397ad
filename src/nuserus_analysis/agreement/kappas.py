"""Percent agreement, Cohen's and Fleiss' kappa."""

from __future__ import annotations

import numpy as np

from nuserus_analysis.agreement.ratings import MISSING, Ratings

COUPLE = 2


def percent_agreement(ratings: Ratings) -> float:
    """The share of pairs of coders who said the same, over the units that two or more coded (0 to 1).

    Each unit weighs as its number of pairs. It ignores chance: with one frequent category it is high
    whatever people do. Raises ValueError when no unit was coded twice.
    """
    counts = ratings.counts
    coded = counts.sum(axis=1)
    pairs = (coded * (coded - 1)).sum()
    if pairs == 0:
        raise ValueError("No unit was coded by two people: there is nothing to compare")
    return float((counts * (counts - 1)).sum() / pairs)


def cohen_kappa(ratings: Ratings) -> float:
    """Cohen's kappa of two coders, over the units that both coded (Cohen, 1960).

    (observed − expected) / (1 − expected), expected from each coder's own habits. NaN when both gave
    one and the same value to everything: nothing can be told from it. Raises ValueError unless there
    are exactly two coders, and one unit that both coded.
    """
    if ratings.coders != COUPLE:
        raise ValueError(f"Cohen's kappa compares two coders, here are {ratings.coders}")
    both = (ratings.codes != MISSING).all(axis=1)
    if not both.any():
        raise ValueError("No unit was coded by two people: there is nothing to compare")
    first, second = ratings.codes[both].T
    width = len(ratings.values)
    observed = float((first == second).mean())
    shares = [np.bincount(one, minlength=width) / one.size for one in (first, second)]
    expected = float(shares[0] @ shares[1])
    return _beyond_chance(observed, expected)


def fleiss_kappa(ratings: Ratings) -> float:
    """Fleiss' kappa (Fleiss, 1971): any coders, as long as each unit was coded by as many.

    NaN when only one value was ever given. Raises ValueError when units were not all coded by the
    same number of people, two at least: Krippendorff's alpha is for those.
    """
    counts = ratings.counts
    coded = counts.sum(axis=1)
    if coded.min() != coded.max() or coded[0] < COUPLE:
        raise ValueError("Fleiss' kappa needs the same number of codes on every unit, two at least")
    observed = float(((counts * (counts - 1)).sum(axis=1) / (coded * (coded - 1))).mean())
    share = counts.sum(axis=0) / counts.sum()
    return _beyond_chance(observed, float(share @ share))


def _beyond_chance(observed: float, expected: float) -> float:
    return float("nan") if np.isclose(expected, 1.0, rtol=0, atol=1e-15) else (observed - expected) / (1 - expected)
