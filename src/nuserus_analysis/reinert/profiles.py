"""What each class says: forms it over- and under-uses, and the segments that say it best."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from nuserus_analysis.reinert.presence import Array, Numbers, binary


@dataclass(frozen=True)
class Profile:
    """Forms × classes: signed χ² of presence in segments (uncorrected), signed χ² of tokens (Yates), signed
    likelihood ratio G² (segments), and how many segments of the class hold the form.

    The sign says over (+) or under (−) what chance would give. `in_all`: segments that hold the form.
    """

    by_segments: Array
    by_tokens: Array
    likelihood: Array
    frequencies: Array
    in_all: Array

    def top(self, which: int, *, most: int = 20, negative: bool = False) -> Numbers:
        """Forms that a class uses most (or least) by χ² of segments, strongest first; equal ones by number."""
        scores = self.by_segments[:, which] * (-1 if negative else 1)
        order = np.lexsort((np.arange(scores.size), -scores))
        return np.asarray(order[:most][scores[order[:most]] > 0])


def profile(
    table: ArrayLike | sparse.spmatrix, classes: ArrayLike, *, tokens: ArrayLike | sparse.spmatrix | None = None
) -> Profile:
    """Compare each class with the other classified segments; segments of class -1 do not count.

    `table`: presence of forms; `tokens`: how many times (the presence when not given). Raises
    ValueError when there is not one class per segment, or no class at all.
    """
    presence = binary(table)
    label = np.asarray(classes, dtype=np.int64)
    if label.shape != (presence.shape[0],) or label.max(initial=-1) < 0:
        raise ValueError("One class per segment is needed, and one class at least")
    counts = sparse.csr_matrix(table if tokens is None else tokens, dtype=np.float64)
    kept = np.flatnonzero(label >= 0)
    groups = sparse.csr_matrix((np.ones(kept.size), (kept, label[kept])), shape=(label.size, int(label.max()) + 1))
    held = np.asarray((presence.T @ groups).todense())
    said = np.asarray((counts.T @ groups).todense())
    sizes = np.bincount(label[kept], minlength=held.shape[1]).astype(float)
    return Profile(
        by_segments=_signed_chi2(held, sizes, yates=False),
        by_tokens=_signed_chi2(said, said.sum(axis=0), yates=True),
        likelihood=_signed_likelihood(held, sizes),
        frequencies=held,
        in_all=held.sum(axis=1),
    )


def typical_segments(
    table: ArrayLike | sparse.spmatrix, classes: ArrayLike, found: Profile, which: int, *, most: int = 10
) -> list[tuple[int, float]]:
    """Segments of a class with the largest sum of χ² of the over-used forms they hold: (segment, score)."""
    scores = binary(table) @ np.maximum(found.by_segments[:, which], 0)
    members = np.flatnonzero(np.asarray(classes) == which)
    order = members[np.lexsort((members, -scores[members]))][:most]
    return [(int(segment), float(scores[segment])) for segment in order]


def _cells(held: Array, sizes: Array) -> tuple[Array, Array, Array, Array, float]:
    """The four cells of form × class, for all forms and classes, and their total."""
    total = float(sizes.sum())
    whole = held.sum(axis=1, keepdims=True)
    return held, whole - held, sizes - held, total - sizes - whole + held, total


def _signed_chi2(held: Array, sizes: Array, *, yates: bool) -> Array:
    a, b, c, d, n = _cells(held, sizes)
    gap = np.abs(a * d - b * c)
    if yates:
        gap = np.maximum(gap - n / 2, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chi2 = n * gap**2 / ((a + b) * (c + d) * (a + c) * (b + d))
    return np.asarray(np.nan_to_num(chi2, posinf=0.0) * np.sign(a * d - b * c))


def _signed_likelihood(held: Array, sizes: Array) -> Array:
    a, b, c, d, n = _cells(held, sizes)
    total = np.zeros_like(a)
    for cell, row, column in ((a, a + b, a + c), (b, a + b, b + d), (c, c + d, a + c), (d, c + d, b + d)):
        with np.errstate(divide="ignore", invalid="ignore"):
            total += np.where(cell > 0, cell * np.log(cell * n / (row * column)), 0.0)
    return np.asarray(2 * np.maximum(total, 0) * np.sign(a * d - b * c))
