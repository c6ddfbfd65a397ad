"""The same divisions as one would write them first: whole tables, everything computed again at each step."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]


def plain_classes(table: Array, k: int, *, smallest: int = 3) -> NDArray[np.int64]:
    """Reinert's descending classification on a dense table: class of each segment, by size."""
    nodes = [(np.arange(table.shape[0]), np.arange(table.shape[1]))]
    final: set[int] = set()
    leaves = {0}
    while len(leaves) < k:
        waiting = [node for node in leaves if node not in final]
        if not waiting:
            break
        parent = max(waiting, key=lambda node: (nodes[node][0].size, -node))
        rows, columns = nodes[parent]
        part = table[np.ix_(rows, columns)]
        first = _divided(part, smallest)
        if first is None:
            final.add(parent)
            continue
        if first.sum() * 2 < first.size:
            first = ~first
        kept = _kept(part, first)
        leaves.discard(parent)
        for inside, columns_kept in ((first, kept[0]), (~first, kept[1])):
            leaves.add(len(nodes))
            nodes.append((rows[inside], columns[columns_kept]))
    classes = np.full(table.shape[0], -1, dtype=np.int64)
    for rank, node in enumerate(sorted(leaves, key=lambda node: (-nodes[node][0].size, node))):
        classes[nodes[node][0]] = rank
    return classes


def _divided(part: Array, smallest: int) -> NDArray[np.bool_] | None:
    """The halves; fewer segments than `smallest` that oppose all others follow the larger half."""
    held: NDArray[np.bool_] = part.sum(axis=1) > 0
    for _round in range(30):
        if held.sum() < 2 * smallest:
            return None
        first = _halves(part[held])
        if first is None:
            return None
        if min(first.sum(), (~first).sum()) >= smallest:
            whole = np.full(part.shape[0], first.mean() > 0.5)
            whole[held] = first
            return whole
        held[np.flatnonzero(held)[~first if first.sum() > (~first).sum() else first]] = False
    return None


def _halves(part: Array) -> NDArray[np.bool_] | None:
    """The first cut, then single moves; None when no cut opposes anything."""
    x = part[:, part.any(axis=0)]
    r, c, n = x.sum(axis=1), x.sum(axis=0), x.sum()
    residuals = (x / n - np.outer(r, c) / n**2) / np.sqrt(np.outer(r, c) / n**2)
    left, _values, _right = np.linalg.svd(residuals, full_matrices=False)
    order = np.argsort(left[:, 0] / np.sqrt(r), kind="stable")
    found = _chi2(np.cumsum(x[order], axis=0)[:-1], c, n)
    first = np.isin(np.arange(r.size), order[: int(found.argmax()) + 1])
    best = float(found.max())
    while True:
        # what each segment would give on the other side, all of it computed again
        side = np.where(first, -1.0, 1.0)
        values = _chi2(first @ x + side[:, None] * x, c, n)
        row = int(values.argmax())
        if values[row] <= best * (1 + 1e-10):
            break
        first[row], best = not first[row], float(values[row])
    return first


def _chi2(a: Array, c: Array, n: float) -> Array:
    """χ² of divisions, one a row: what the first group has of each form."""
    size = a.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = n**2 / (size * (n - size)) * ((a**2 / c).sum(axis=1) - size**2 / n)
    return np.where(size * (n - size) > 0, found, 0.0)


def _kept(part: Array, first: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Contingency ≤ 0.3: kept in both where three segments have it; else where it is over-represented."""
    counts = np.vstack([part[first].sum(axis=0), part[~first].sum(axis=0)])
    sizes = np.array([first.sum(), (~first).sum()], dtype=float)
    n, present = sizes.sum(), counts.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = counts[0] * (sizes[1] - counts[1]) - counts[1] * (sizes[0] - counts[0])
        chi2 = np.nan_to_num(n * gap**2 / (present * (n - present) * sizes[0] * sizes[1]))
    common = np.sqrt(chi2 / (chi2 + n)) <= 0.3
    kept = (common & (counts >= 3)) | (counts > np.outer(sizes, present) / n)
    return np.flatnonzero(kept[0]), np.flatnonzero(kept[1])


def plain_specificities(counts: NDArray[np.int64], sizes: NDArray[np.int64]) -> Array:
    """Scores of a few forms, cell by cell with scipy's hypergeometric law."""
    total = int(sizes.sum())
    found = np.empty(counts.shape)
    for form, row in enumerate(counts.tolist()):
        f = sum(row)
        for part, k in enumerate(row):
            t = int(sizes[part])
            law = stats.hypergeom
            if k > (f + 1) * (t + 1) // (total + 2):
                found[form, part] = -np.log10(law.sf(k - 1, total, f, t))
            else:
                found[form, part] = np.log10(law.cdf(k, total, f, t))
    return found
