"""Where a sample comes from: strata, clusters, weights."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Design:
    """One row per respondent: weight, stratum, cluster (first stage) and how many clusters a stratum has.

    `strata` and `clusters` are codes from 0; `populations` gives for each stratum the number of
    clusters (or of units, when each is its own cluster) it was drawn from, infinite where drawn with
    replacement or unknown. `auxiliary` holds the calibration variables when `weights` are calibrated
    (rows × variables) with `base_weights`, the weights before: residuals on them give the variance.
    """

    weights: NDArray[np.float64]
    strata: NDArray[np.int64]
    clusters: NDArray[np.int64]
    populations: NDArray[np.float64]
    auxiliary: NDArray[np.float64] | None = None
    base_weights: NDArray[np.float64] | None = field(default=None)

    @classmethod
    def of(
        cls,
        weights: ArrayLike,
        *,
        strata: Sequence[Hashable] | None = None,
        clusters: Sequence[Hashable] | None = None,
        populations: Mapping[Hashable, float] | float = np.inf,
    ) -> Design:
        """From columns. Clusters are told apart within their stratum, so numbers may start again.

        Raises ValueError when columns have not the same length or a weight is not above zero.
        """
        numbers = np.asarray(weights, dtype=float)
        n = numbers.size
        if not n or not np.isfinite(numbers).all() or (numbers <= 0).any():
            raise ValueError("Weights must be numbers above zero, one per row")
        layers: Sequence[Any] = strata if strata is not None else [0] * n
        groups: Sequence[Any] = clusters if clusters is not None else range(n)
        if len(layers) != n or len(groups) != n:
            raise ValueError("Weights, strata and clusters need the same number of rows")
        names, codes = _coded(layers)
        _pairs, units = _coded(list(zip(codes.tolist(), groups, strict=True)))
        sizes = [populations[name] if isinstance(populations, Mapping) else populations for name in names]
        return cls(numbers, codes, units, np.asarray(sizes, dtype=float))

    def calibrated(self, weights: NDArray[np.float64], auxiliary: NDArray[np.float64]) -> Design:
        """The same sample with calibrated weights and the variables they were calibrated on."""
        return Design(weights, self.strata, self.clusters, self.populations, auxiliary, self.weights)


def design_weights(drawn: Sequence[Hashable], sizes: Mapping[Hashable, int]) -> NDArray[np.float64]:
    """Weight of each row: the size of its stratum over how many were drawn there.

    Raises ValueError for a stratum without a size, or smaller than its sample.
    """
    names, codes = _coded(drawn)
    counts = np.bincount(codes)
    for name, count in zip(names, counts.tolist(), strict=True):
        if sizes.get(name, 0) < count:
            raise ValueError(f"Stratum {name}: {count} drawn from {sizes.get(name, 0)}")
    populations = np.asarray([sizes[name] for name in names], dtype=float)
    return np.asarray((populations / counts)[codes])


def nonresponse_cells(
    weights: ArrayLike, answered: Sequence[bool], cells: Sequence[Hashable], *, at_least: int = 1
) -> NDArray[np.float64]:
    """Weights of all rows once those who answered stand for those of their cell who did not (0 for these).

    The total of each cell is kept. Raises ValueError for a cell in which fewer than `at_least`
    answered: join it to another first.
    """
    numbers = np.asarray(weights, dtype=float)
    told = np.asarray(answered, dtype=bool)
    names, codes = _coded(cells)
    for name, count in zip(names, np.bincount(codes, weights=told, minlength=len(names)).tolist(), strict=True):
        if count < at_least:
            raise ValueError(f"Cell {name}: {int(count)} answered, {at_least} at least are needed")
    everyone = np.bincount(codes, weights=numbers, minlength=len(names))
    respondents = np.bincount(codes, weights=numbers * told, minlength=len(names))
    return np.asarray(np.where(told, numbers * (everyone / respondents)[codes], 0.0))


def _coded(labels: Sequence[Any]) -> tuple[list[Any], NDArray[np.int64]]:
    places: dict[Any, int] = {}
    codes = [places.setdefault(label, len(places)) for label in labels]
    return list(places), np.asarray(codes, dtype=np.int64)
