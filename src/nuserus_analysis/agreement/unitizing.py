"""Krippendorff's alphas for unitizing: do coders mark the same places, with the same codes?

Krippendorff, Mathet, Bouvry and Widlöcher (2016), On the reliability of unitizing textual continua;
Krippendorff (2019), Content analysis, 12.6. All the coefficients come from one table of coincidences,
in lengths: o_ck, how much of the text got c from one coder and k from another, φ standing for nothing
marked. With ℓ_c its margins and ℓ.. its total, chance would give

    e_ck = ℓ.. · (ℓ_c·ℓ_k − [c = k]·s_c) / (ℓ..² − Σ s)

where s_c is what could only meet itself: Σ L² over the spans of a code, which are wholes; and for φ, which
is made of places and not of wholes, its length. Where only what two coders marked counts (cu-α, (k)u-α),
the table without φ has margins of its own, and each span weighs as what it shares with marks of others.
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
    alone, met = np.stack([part.alone for part in parts]), np.stack([part.met for part in parts])
    random = np.random.default_rng(seed)
    values = []
    for _ in range(resamples):
        times = np.bincount(random.integers(len(parts), size=len(parts)), minlength=len(parts)).astype(float)
        values.append(_value(Coincidences(np.tensordot(times, observed, 1), times @ alone, times @ met), measure))
    found = np.asarray(values)
    told = found[~np.isnan(found)]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(told, [tail, 1 - tail]).tolist() if told.size else (NAN, NAN)
    return Interval(_value(_of(study), measure), low, high, LEVEL, resamples, int(resamples - told.size))


@dataclass(frozen=True)
class Coincidences:
    """`observed`: lengths in which two values meet, codes first and φ last; `alone`: what could meet only itself.

    `met`: the same in the table without φ, where a span counts for what it shares with what others marked.
    """

    observed: Array
    alone: Array
    met: Array

    def expected(self) -> Array:
        """What chance would give, with the margins there are."""
        return _expected(self.observed, self.alone)

    def nominal(self) -> float:
        return _ratio(_apart(self.observed), _apart(self.expected()))

    def binary(self) -> float:
        return _ratio(float(self.observed[:-1, -1].sum()), float(self.expected()[:-1, -1].sum()))

    def coding(self) -> float:
        observed = self.observed[:-1, :-1]
        return _ratio(_apart(observed), _apart(_expected(observed, self.met)))

    def by_code(self, rank: int) -> float:
        observed = self.observed[:-1, :-1]
        expected = _expected(observed, self.met)[rank]
        here, chance = float(observed[rank].sum()), float(expected.sum())
        return _ratio(_share(here - observed[rank, rank], here), _share(chance - expected[rank], chance))

    def coverage(self) -> float:
        return float(self.observed[:-1, :-1].sum() / self.observed.sum()) if self.observed.sum() else NAN


def _expected(observed: Array, alone: Array) -> Array:
    margins = observed.sum(axis=1)
    total = margins.sum()
    free = total**2 - alone.sum()
    if free <= 0:
        return np.zeros_like(observed)
    return np.asarray(total * (np.outer(margins, margins) - np.diag(alone)) / free)


def _value(table: Coincidences, measure: Measure) -> float:
    return {Measure.BINARY: table.binary, Measure.NOMINAL: table.nominal, Measure.CODING: table.coding}[measure]()


def _of(study: Unitizing) -> Coincidences:
    parts = [part for one in study.continua for part in _parts(one, study.codes, None)]
    observed = np.sum([part.observed for part in parts], axis=0)
    alone, met = (np.sum(arrays, axis=0) for arrays in zip(*((part.alone, part.met) for part in parts), strict=True))
    return Coincidences(np.asarray(observed), alone, met)


def _parts(one: Continuum, codes: Sequence[str], block: int | None) -> list[Coincidences]:
    """The coincidences of a document, whole or block by block; a span weighs in each block as it lies in it."""
    size = max(one.length, 1) if block is None else block
    cuts = list(range(0, one.length, size))
    ends = (edge for spans in one.spans for span in spans for edge in (span.start, span.end))
    edges = np.unique([*cuts, one.length, *ends])
    lengths = np.diff(edges).astype(float)
    phi, coders = len(codes), len(one.spans)
    said = np.full((coders, lengths.size), phi)
    places = []  # of each span: its coder, its code, its pieces
    for coder, spans in enumerate(one.spans):
        for span in spans:
            first, last = np.searchsorted(edges, (span.start, span.end))
            said[coder, first:last] = codes.index(span.code)
            places.append((codes.index(span.code), slice(int(first), int(last))))
    shared = lengths * ((said != phi).sum(axis=0) - 1) / (coders - 1)  # with what others marked
    alone, met = np.zeros((phi + 1, lengths.size)), np.zeros((phi, lengths.size))
    alone[phi] = lengths * (said == phi).sum(axis=0)
    for code, pieces in places:
        alone[code, pieces] += lengths[pieces] * lengths[pieces].sum()
        met[code, pieces] += shared[pieces] * shared[pieces].sum()
    found = []
    for rank, start in enumerate(cuts):
        end = cuts[rank + 1] if rank + 1 < len(cuts) else one.length
        here = slice(*np.searchsorted(edges, (start, end)).tolist())
        observed = _observed(said[:, here], lengths[here], phi + 1)
        found.append(Coincidences(observed, alone[:, here].sum(axis=1), met[:, here].sum(axis=1)))
    return found


def _observed(said: NDArray[np.int64], lengths: Array, width: int) -> Array:
    counts = np.zeros((lengths.size, width))
    for codes in said:
        counts[np.arange(lengths.size), codes] += 1
    weighted = counts * (lengths / (len(said) - 1))[:, None]
    observed: Array = weighted.T @ counts
    observed[np.diag_indices_from(observed)] -= weighted.sum(axis=0)
    return observed


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
