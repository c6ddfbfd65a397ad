"""Double classification: what two classifications, made on two sizes of segments, both find.

Every class of one tree is crossed with every class of the other; crossings that are large enough and
more frequent than chance are candidates; the k of them that share no segment and hold most segments are
kept (branch and bound: exact). Segments in none are unclassified: they are not a class.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nuserus_analysis.reinert.descending import UNCLASSIFIED, Classification
from nuserus_analysis.reinert.presence import Numbers

STRONG = 3.84  # χ² of a 2 × 2 table that chance passes once in twenty


@dataclass(frozen=True)
class Crossed:
    """`classes` of each unit (-1: unclassified); for each class the nodes it crosses, its χ²; the criterion.

    `tied`: another set of k crossings holds as many units.
    """

    classes: Numbers
    nodes: tuple[tuple[int, int], ...]
    chi2: tuple[float, ...]
    covered: int
    tied: bool


@dataclass(frozen=True)
class _Candidate:
    nodes: tuple[int, int]
    members: int  # a set of units, as bits
    size: int
    chi2: float


def cross(
    first: Classification,
    second: Classification,
    *,
    k: int,
    units: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
    smallest: int = 10,
) -> Crossed:
    """The k disjoint crossings that hold most units.

    `units`: for each unit (the smallest segments common to both), its segment in each classification;
    without it both classify the same segments. Fewer than k classes come back when there are not k
    disjoint candidates. Raises ValueError when the two do not speak of the same units.
    """
    if units is None:
        if first.classes.size != second.classes.size:
            raise ValueError("Two classifications of different segments need to be told which units they share")
        units = (np.arange(first.classes.size), np.arange(second.classes.size))
    total = units[0].size
    if units[1].size != total:
        raise ValueError("Each unit needs its segment in both classifications")
    candidates = _candidates(_node_bits(first, units[0]), _node_bits(second, units[1]), total, smallest)
    chosen, tied = _best(candidates, k)
    classes = np.full(total, UNCLASSIFIED, dtype=np.int64)
    for rank, one in enumerate(chosen):
        classes[_positions(one.members, total)] = rank
    return Crossed(
        classes,
        tuple(one.nodes for one in chosen),
        tuple(one.chi2 for one in chosen),
        sum(one.size for one in chosen),
        tied,
    )


def _node_bits(found: Classification, segment_of: NDArray[np.int64]) -> dict[int, int]:
    bits = {}
    for node, segments in enumerate(found.nodes):
        if node:
            inside = np.isin(segment_of, segments)
            bits[node] = int.from_bytes(np.packbits(inside, bitorder="little").tobytes(), "little")
    return bits


def _candidates(one: dict[int, int], other: dict[int, int], total: int, smallest: int) -> list[_Candidate]:
    found: dict[int, _Candidate] = {}
    for first, here in one.items():
        for second, there in other.items():
            both = here & there
            size, a, b = both.bit_count(), here.bit_count(), there.bit_count()
            if size < smallest or total in {a, b}:
                continue
            chi2 = total * (size * total - a * b) ** 2 / (a * b * (total - a) * (total - b))
            if size * total > a * b and chi2 > STRONG and (both not in found or found[both].chi2 < chi2):
                found[both] = _Candidate((first, second), both, size, chi2)
    return sorted(found.values(), key=lambda candidate: (-candidate.size, -candidate.chi2, candidate.nodes))


def _best(candidates: list[_Candidate], k: int) -> tuple[list[_Candidate], bool]:
    """The disjoint set of k candidates (or as many as there can be) with most units, then most χ²."""
    best: tuple[int, int, float] = (0, 0, 0.0)
    chosen: list[_Candidate] = []
    tied = False
    sizes = [candidate.size for candidate in candidates]

    def explore(start: int, taken: list[_Candidate], used: int, size: int) -> None:
        nonlocal best, chosen, tied
        score = (len(taken), size, sum(one.chi2 for one in taken))
        if score > best:
            tied = score[:2] == best[:2]
            best, chosen = score, taken
        elif score[:2] == best[:2] and taken and taken != chosen:
            tied = True
        left = k - len(taken)
        for rank in range(start, len(candidates)):
            if (
                left == 0
                or (len(taken) + min(left, len(candidates) - rank), size + sum(sizes[rank : rank + left])) < best[:2]
            ):
                return
            one = candidates[rank]
            if not one.members & used:
                explore(rank + 1, [*taken, one], used | one.members, size + one.size)

    explore(0, [], 0, 0)
    return chosen, tied


def _positions(bits: int, total: int) -> Numbers:
    raw = np.frombuffer(bits.to_bytes((total + 7) // 8, "little"), dtype=np.uint8)
    return np.flatnonzero(np.unpackbits(raw, bitorder="little", count=total)).astype(np.int64)
