"""Krippendorff's alphas for unitizing: do coders mark the same places, with the same codes?

Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of unitizing textual continua;
Krippendorff (2019), Content analysis, 12.6. All the coefficients come from one table of coincidences,
in lengths: o_ck, how much of the text got c from one coder and k from another, φ standing for nothing
marked. With ℓ_c its margins and ℓ.. its total, chance would give

    e_ck = ℓ.. · (ℓ_c·ℓ_k − [c = k]·s_c) / (ℓ..² − Σ s)

where s_c is what could only meet itself: Σ L² over the spans of a code, which are wholes; and for φ, which
is made of places and not of wholes, its length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from nuserus_analysis.agreement.intervals import Interval
from nuserus_analysis.agreement.spans import Continuum, Span, Unitizing

Array = NDArray[np.float64]

NAN = float("nan")
LEVEL = 0.95


@dataclass(frozen=True)
class UnitizingAlphas:
    """The family; NaN where nothing varies.

    `binary` (|uα): are the same places marked, whatever the codes? `nominal` (uα): the same places with
    the same codes? `coding` (cu-α): where two coders marked the same place, is it with the same code?
    `by_code` ((k)u-α): the same for one code. `alone`: each code as if the others had not been used, which
    is what remains when codes overlap. `domains` (Cu-α): `coding` between domains of codes, if they were
    given. `coverage`: the share of the text in which what `coding` compares lies.
    """

    binary: float
    nominal: float
    coding: float
    by_code: dict[str, float]
    alone: dict[str, float]
    domains: float
    coverage: float


def unitizing_alphas(study: Unitizing, *, domains: Mapping[str, str] | None = None) -> UnitizingAlphas:
    """All of them.

    Where a coder put two codes on one place, a character has no single code: `nominal`, `coding` and
    `by_code` are NaN, and `alone` tells. `domains` gives the domain of each code; a place with two codes
    of one domain is no obstacle to `domains`. Raises ValueError when no coder marked anything.
    """
    if not study.codes:
        raise ValueError("Nobody marked anything")
    marked = _of(study.renamed(dict.fromkeys(study.codes, "")))
    alone = {code: _of(study.only(code)).nominal() for code in study.codes}
    between = NAN
    if domains is not None:
        grouped = study.renamed(domains)
        between = NAN if grouped.overlapping else _of(grouped).coding()
    if study.overlapping:
        return UnitizingAlphas(
            marked.nominal(), NAN, NAN, dict.fromkeys(study.codes, NAN), alone, between, marked.coverage()
        )
    table = _of(study)
    by_code = {code: table.by_code(rank) for rank, code in enumerate(study.codes)}
    return UnitizingAlphas(table.binary(), table.nominal(), table.coding(), by_code, alone, between, table.coverage())


class Measure(StrEnum):
    """What `bootstrap_unitizing` can measure again and again."""

    BINARY = "binary"
    NOMINAL = "nominal"
    CODING = "coding"


def bootstrap_unitizing(
    study: Unitizing,
    measure: Measure = Measure.NOMINAL,
    *,
    block: int | None = None,
    resamples: int = 1000,
    seed: int = 0,
) -> Interval:
    """Draw documents again, with replacement; or, with `block`, stretches of that many characters.

    One document alone says nothing of how others would be coded: blocks are then the only way, and they
    must be much longer than spans, since what lies side by side is not independent. Raises ValueError for
    fewer than two documents (or blocks), or codes that overlap where it matters.
    """
    if study.overlapping:
        if measure != Measure.BINARY:
            raise ValueError("Codes overlap: measure each alone, or only whether places are marked")
        study = study.renamed(dict.fromkeys(study.codes, ""))
    parts = [part for one in study.continua for part in _parts(one, study.codes, block)]
    if len(parts) < 2:
        raise ValueError("Two documents at least, or blocks shorter than the document, are needed to resample")
    observed = np.stack([part.observed for part in parts])
    alone = np.stack([part.alone for part in parts])
    random = np.random.default_rng(seed)
    values = []
    for _ in range(resamples):
        times = np.bincount(random.integers(len(parts), size=len(parts)), minlength=len(parts)).astype(float)
        values.append(_value(Coincidences(np.tensordot(times, observed, 1), times @ alone, NAN), measure))
    found = np.asarray(values)
    told = found[~np.isnan(found)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(told, [tail, 1 - tail]).tolist() if told.size else (NAN, NAN)
    return Interval(_value(_of(study), measure), low, high, LEVEL, resamples, int(resamples - told.size))


@dataclass(frozen=True)
class Coincidences:
    """`observed`: lengths in which two values meet, codes first and φ last; `alone`: what could meet only itself.

    `size`: length of the text.
    """

    observed: Array
    alone: Array
    size: float

    def expected(self) -> Array:
        """What chance would give, with the margins there are."""
        margins = self.observed.sum(axis=1)
        total = margins.sum()
        free = total**2 - self.alone.sum()
        if free <= 0:
            return np.zeros_like(self.observed)
        return np.asarray(total * (np.outer(margins, margins) - np.diag(self.alone)) / free)

    def nominal(self) -> float:
        expected = self.expected()
        return _ratio(_apart(self.observed), _apart(expected))

    def binary(self) -> float:
        expected = self.expected()
        return _ratio(float(self.observed[:-1, -1].sum()), float(expected[:-1, -1].sum()))

    def coding(self) -> float:
        observed, expected = self.observed[:-1, :-1], self.expected()[:-1, :-1]
        return _ratio(_share(_apart(observed), observed.sum()), _share(_apart(expected), expected.sum()))

    def by_code(self, rank: int) -> float:
        observed, expected = self.observed[rank, :-1], self.expected()[rank, :-1]
        here, chance = float(observed.sum()), float(expected.sum())
        return _ratio(_share(here - observed[rank], here), _share(chance - expected[rank], chance))

    def coverage(self) -> float:
        return float(self.observed[:-1, :-1].sum() / self.observed.sum()) if self.observed.sum() else NAN


def _value(table: Coincidences, measure: Measure) -> float:
    return {Measure.BINARY: table.binary, Measure.NOMINAL: table.nominal, Measure.CODING: table.coding}[measure]()


def _of(study: Unitizing) -> Coincidences:
    parts = [part for one in study.continua for part in _parts(one, study.codes, None)]
    observed = np.sum([part.observed for part in parts], axis=0)
    return Coincidences(np.asarray(observed), np.sum([part.alone for part in parts], axis=0), float(study.length))


def _parts(one: Continuum, codes: Sequence[str], block: int | None) -> list[Coincidences]:
    """The coincidences of a document, whole or block by block; a span weighs in each block as it lies in it."""
    size = max(one.length, 1) if block is None else block
    return [_table(one, codes, start, min(start + size, one.length)) for start in range(0, one.length, size)]


def _table(one: Continuum, codes: Sequence[str], start: int, end: int) -> Coincidences:
    place = {code: rank for rank, code in enumerate(codes)}
    inside = [[span for span in spans if span.end > start and span.start < end] for spans in one.spans]
    edges = np.unique(
        [start, end, *(_held(edge, start, end) for spans in inside for s in spans for edge in (s.start, s.end))]
    )
    lengths = np.diff(edges).astype(float)
    phi, coders = len(codes), len(inside)
    counts = np.zeros((lengths.size, phi + 1))
    alone = np.zeros(phi + 1)
    for spans in inside:
        said = np.full(lengths.size, phi)
        for span in spans:
            first, last = np.searchsorted(edges, (_held(span.start, start, end), _held(span.end, start, end)))
            said[first:last] = place[span.code]
            alone[place[span.code]] += float(edges[last] - edges[first]) * span.length
        counts[np.arange(lengths.size), said] += 1
        alone[phi] += lengths[said == phi].sum()
    weighted = counts * (lengths / (coders - 1))[:, None]
    observed = weighted.T @ counts
    observed[np.diag_indices_from(observed)] -= weighted.sum(axis=0)
    return Coincidences(observed, alone, float(end - start))


def _held(edge: int, start: int, end: int) -> int:
    return min(max(edge, start), end)


def _apart(table: Array) -> float:
    return float(table.sum() - np.trace(table))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole > 0 else NAN


def _ratio(observed: float, expected: float) -> float:
    return float(1 - observed / expected) if expected > 0 else NAN


@dataclass(frozen=True, slots=True)
class SpanScore:
    """How far two coders' spans are the same: matched / those of the first, / those of the second, F1."""

    precision: float
    recall: float
    f1: float
    matched: int


def span_f1(study: Unitizing, first: str, second: str, *, exact: bool = True) -> SpanScore:
    """F1 of two coders over all documents, codes counted.

    `exact`: same ends, same code. Otherwise a shared character is enough; each span then counts once (the
    most pairs there can be). It knows no chance: two coders who mark everything agree wholly. NaN when
    neither marked anything. Raises ValueError for somebody who is not of the study.
    """
    try:
        one, other = study.coders.index(first), study.coders.index(second)
    except ValueError:
        raise ValueError(f"No such coder: {first} or {second}") from None
    count = _same if exact else _touching
    matched = sum(count(part.spans[one], part.spans[other]) for part in study.continua)
    given = sum(len(part.spans[one]) for part in study.continua)
    found = sum(len(part.spans[other]) for part in study.continua)
    return SpanScore(_share(matched, given), _share(matched, found), _share(2 * matched, given + found), matched)


def _same(one: Sequence[Span], other: Sequence[Span]) -> int:
    return len(set(one) & set(other))


def _touching(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Spans of one code and one coder are apart and in order: taking the first that ends first is best."""
    count = 0
    for code in {span.code for span in one}:
        left = [span for span in one if span.code == code]
        right = [span for span in other if span.code == code]
        i = j = 0
        while i < len(left) and j < len(right):
            if left[i].shared(right[j]):
                count, i, j = count + 1, i + 1, j + 1
            elif left[i].end <= right[j].end:
                i += 1
            else:
                j += 1
    return count
