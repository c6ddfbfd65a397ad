"""Specificities after the hypergeometric law (Lafon, 1980), for a whole table at once and in logarithms.

A form is used F times in a corpus of T occurrences; a part has t of them, and k of the form. If forms
fell at random, k would follow the hypergeometric law. The specificity is −log10 P(X ≥ k) where the form
is over-used, and +log10 P(X ≤ k) where it is under-used: 3 says that chance alone does as much once in
a thousand parts. Tails are summed from the probability of k outwards by the ratio of neighbours, so
nothing under- or overflows, whatever the size of the corpus.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

Array = NDArray[np.float64]

NEGLIGIBLE = 1e-18  # of the sum of a tail
LOG10 = np.log(10.0)


@dataclass(frozen=True)
class Specificities:
    """`scores`: signed, forms × parts; `expected`: the counts that chance would give."""

    scores: Array
    expected: Array


def specificities(counts: ArrayLike, *, sizes: ArrayLike | None = None) -> Specificities:
    """Scores of every cell of a table of forms × parts.

    `sizes`: occurrences of each part when the table does not hold all the forms; else the sums of its
    columns. A form used as often as its most likely count is under-used by convention (score of
    P(X ≤ k), near zero). Raises ValueError for counts that are not whole numbers from zero on, or parts
    smaller than their counts.
    """
    table = np.asarray(counts)
    if table.ndim != 2 or not np.array_equal(table, np.floor(table)) or (table < 0).any():
        raise ValueError("Counts must be a table of whole numbers from zero on, forms in rows")
    k = table.astype(float)
    t = k.sum(axis=0) if sizes is None else np.asarray(sizes, dtype=float)
    if t.shape != (k.shape[1],) or (t < k.sum(axis=0)).any():
        raise ValueError("The size of each part must be given, and hold at least its counts")
    f, total = k.sum(axis=1), float(t.sum())
    if total == 0:
        return Specificities(np.zeros_like(k), np.zeros_like(k))
    expected = np.outer(f, t) / total
    forms, parts = np.broadcast_arrays(f[:, None], t[None, :])
    mode = np.floor((forms + 1) * (parts + 1) / (total + 2))
    scores = np.empty_like(k)
    over = k > mode
    scores[over] = -_log10_tail(k[over], forms[over], parts[over], total, up=True)
    under = ~over
    scores[under] = _log10_tail(k[under], forms[under], parts[under], total, up=False)
    return Specificities(scores + 0.0, expected)


def _log10_tail(k: Array, f: Array, t: Array, total: float, *, up: bool) -> Array:
    """log10 of P(X ≥ k), or of P(X ≤ k): the probability of k times one plus the ratios of neighbours."""
    rest = total - f - t
    at_k = _choose(f, k) + _choose(total - f, t - k) - _choose(np.full_like(t, total), t)
    total_sum, term, i = np.ones_like(k), np.ones_like(k), k.copy()
    live = np.arange(k.size)
    while live.size:
        here = i[live]
        if up:
            ratio = (f[live] - here) * (t[live] - here) / ((here + 1) * (rest[live] + here + 1))
            i[live] = here + 1
        else:
            ratio = here * (rest[live] + here) / ((f[live] - here + 1) * (t[live] - here + 1))
            i[live] = here - 1
        term[live] *= ratio
        total_sum[live] += term[live]
        live = live[term[live] > NEGLIGIBLE * total_sum[live]]
    return np.asarray(np.minimum((at_k + np.log(total_sum)) / LOG10, 0.0))


def _choose(n: Array, k: Array) -> Array:
    """Natural logarithm of the number of ways to take k among n."""
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))
