"""Segments × forms as French interviews give them: Zipfian, some 18 forms a segment, topics planted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SIZES = ((5_000, 3_300), (20_000, 4_200), (50_000, 7_000), (200_000, 10_000))
TOPICS = 10
OWN = 0.35  # of the words of a segment: drawn from its topic
SPOKEN = 19.6  # words drawn; some come twice
SHIFT, SLOPE = 2.7, 0.95  # Zipf and Mandelbrot: weight of rank r is 1/(r + SHIFT)^SLOPE


@dataclass(frozen=True)
class Corpus:
    """`table`: ones; `topics`: what was planted."""

    table: sparse.csr_matrix
    topics: NDArray[np.int64]


def corpus(segments: int, forms: int, *, seed: int) -> Corpus:
    """Each topic prefers one form in ten, of all frequencies; the rest is common to all."""
    random = np.random.default_rng([seed, segments, forms])
    common = 1 / (np.arange(forms) + 1 + SHIFT) ** SLOPE
    preferred = random.integers(TOPICS, size=forms)
    shares = np.arange(TOPICS, 0, -1) / (TOPICS * (TOPICS + 1) / 2)
    topics = random.choice(TOPICS, size=segments, p=shares)
    lengths = np.maximum(random.poisson(SPOKEN, size=segments), 3)
    row = np.repeat(np.arange(segments), lengths)
    own = random.random(row.size) < OWN
    column = np.empty(row.size, dtype=np.int64)
    column[~own] = _drawn(random, common, int((~own).sum()))
    for topic in range(TOPICS):
        here = np.flatnonzero(own & (topics[row] == topic))
        members = np.flatnonzero(preferred == topic)
        column[here] = members[_drawn(random, common[members], here.size)]
    table = sparse.csr_matrix((np.ones(row.size), (row, column)), shape=(segments, forms))
    table.sum_duplicates()
    table.data[:] = 1.0
    return Corpus(table, topics)


def _drawn(random: np.random.Generator, weights: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    cumulative = np.cumsum(weights)
    return np.asarray(np.searchsorted(cumulative, random.random(count) * cumulative[-1], side="right"))
