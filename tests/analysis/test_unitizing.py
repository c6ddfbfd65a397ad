"""Agreement on spans: a published figure, the ordinary alpha as a limit, brute force, invariants."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import maximum_bipartite_matching

from nuserus_analysis.agreement import (
    Measure,
    Ratings,
    Span,
    Unitizing,
    bootstrap_unitizing,
    by_units,
    krippendorff_alpha,
    span_f1,
    unitizing_alphas,
)
from nuserus_analysis.agreement.unitizing import Coincidences

LENGTH = 24
CODES = "abc"


def study(*coders: list[Span], length: int = LENGTH) -> Unitizing:
    return Unitizing.of([(length, {f"coder {rank}": spans for rank, spans in enumerate(coders)})])


def test_figure_of_another_implementation_of_the_2016_formulas() -> None:
    # github.com/zeljkobekcic/KrippendorffUnitizedAlpha, its README: three coders, one code; .5671992508994135.
    # its segments leave places out, so its coincidences and lengths are given as they follow from it
    observed = np.zeros((2, 2))
    marked = [[(3, 14), (22, 52)], [(3, 9), (22, 52)], [(22, 45)]]
    blank = [[(0, 2), (15, 21), (53, 55)], [(0, 2), (10, 21), (53, 55)], [(0, 21), (46, 55)]]
    for one, other in permutations(range(3), 2):
        for row, here in enumerate((marked[one], blank[one])):
            for column, there in enumerate((marked[other], blank[other])):
                observed[row, column] += sum(max(0, min(b, d) - max(a, c)) for a, b in here for c, d in there) / 2
    wholes = sum((b - a) ** 2 for spans in marked for a, b in spans)
    places = sum(b - a for spans in blank for a, b in spans)
    table = Coincidences(observed, np.array([wholes, places], dtype=float), np.zeros(1))
    assert table.nominal() == 0.5671992508994135


def test_figures_of_a_second_implementation_hold_together() -> None:
    # github.com/lindanna/unitized_alpha, README: uα .474, |uα .433, cu-α .779, (k)u-α .769 and .787, of a text of
    # 60 of which 38.33 % are compared (95.45 % and 59.52 % of the two labels). The spans printed there are not those
    # of the figures. Two coders are the only way to such shares; places where both marked, 9 + 11 + 3, and one
    # alone, 1 + 17, follow. Lengths of spans stay open: one set of them must give all five figures
    observed = np.array([[18, 3, 1], [3, 22, 17], [1, 17, 38]], dtype=float)
    assert observed[0, :2].sum() / observed[0].sum() == pytest.approx(0.9545, abs=5e-5)
    assert observed[1, :2].sum() / observed[1].sum() == pytest.approx(0.5952, abs=5e-5)
    table = Coincidences(observed, np.array([124.0, 670.0, 56.0]), np.array([117.0, 219.0]))
    figures = (table.nominal(), table.binary(), table.coding(), table.by_code(0), table.by_code(1), table.coverage())
    assert [round(value, 3) for value in figures] == [0.474, 0.433, 0.779, 0.769, 0.787, 0.383]


def spans(overlapping: bool = False) -> st.SearchStrategy[list[Span]]:
    if overlapping:
        one = st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 8), st.sampled_from(CODES))
        return st.lists(one.map(lambda t: Span(t[0], min(t[0] + t[1], LENGTH), t[2])), max_size=5)
    cuts = st.lists(st.integers(0, LENGTH), min_size=2, max_size=8, unique=True).map(sorted)
    coded = st.lists(st.sampled_from([*CODES, ""]), min_size=8, max_size=8)
    return st.builds(
        lambda edges, codes: [Span(a, b, code) for (a, b), code in zip(pairwise(edges), codes, strict=False) if code],
        cuts,
        coded,
    )


@given(st.lists(st.lists(st.sampled_from([*CODES, ""]), min_size=2, max_size=12), min_size=2, max_size=4))
@settings(max_examples=60)
def test_units_of_one_place_give_the_ordinary_alpha(rows: list[list[str]]) -> None:
    length = min(map(len, rows))
    coders = [[Span(at, at + 1, row[at]) for at in range(length) if row[at]] for row in rows]
    if not any(coders):
        return
    ordinary = krippendorff_alpha(Ratings.of([[row[at] for row in rows] for at in range(length)]))
    found = unitizing_alphas(study(*coders, length=length)).nominal
    assert found == pytest.approx(ordinary, abs=1e-12, nan_ok=True)


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([*"ab", ""])), min_size=2, max_size=12))
@settings(max_examples=60)
def test_coding_of_units_of_one_place_is_the_alpha_of_those_that_both_coded(pairs: list[tuple[str, str]]) -> None:
    coders = [[Span(at, at + 1, pair[rank]) for at, pair in enumerate(pairs) if pair[rank]] for rank in (0, 1)]
    both = [pair for pair in pairs if all(pair)]
    if not both:
        return
    ordinary = krippendorff_alpha(Ratings.of(both))
    assert unitizing_alphas(study(*coders, length=len(pairs))).coding == pytest.approx(ordinary, abs=1e-12, nan_ok=True)


def _brute(coders: list[list[Span]]) -> float:
    """Character by character; chance: all pairs of characters but those of one span with itself."""
    said = [[next((s.code for s in spans if s.start <= at < s.end), None) for at in range(LENGTH)] for spans in coders]
    whole = [
        [next((rank for rank, s in enumerate(spans) if s.start <= at < s.end), -1 - at) for at in range(LENGTH)]
        for spans in coders
    ]
    m = len(coders)
    apart = sum(said[i][at] != said[j][at] for i, j in permutations(range(m), 2) for at in range(LENGTH)) / (m - 1)
    everywhere = [(i, at) for i in range(m) for at in range(LENGTH)]
    pairs = [(p, q) for p in everywhere for q in everywhere if p[0] != q[0] or whole[p[0]][p[1]] != whole[q[0]][q[1]]]
    chance = sum(said[p[0]][p[1]] != said[q[0]][q[1]] for p, q in pairs) / len(pairs) if pairs else 0
    return 1 - apart / (m * LENGTH) / chance if chance else math.nan


@given(st.lists(spans(), min_size=2, max_size=3))
@settings(max_examples=25)
def test_alpha_is_what_its_definition_says(coders: list[list[Span]]) -> None:
    if not any(coders):
        return
    assert unitizing_alphas(study(*coders)).nominal == pytest.approx(_brute(coders), abs=1e-12, nan_ok=True)


@dataclass(frozen=True)
class _Place:
    """One character as one coder left it: its code, if any, and the span it is in (a place alone if in none)."""

    coder: int
    at: int
    code: str
    span: tuple[int, int]


def _places(coders: list[list[Span]], names: dict[str, str]) -> list[list[_Place]]:
    found = []
    for coder, given_spans in enumerate(coders):
        row = [_Place(coder, at, "", (coder, -1 - at)) for at in range(LENGTH)]
        for rank, span in enumerate(given_spans):
            for at in range(span.start, span.end):
                row[at] = _Place(coder, at, names[span.code], (coder, rank))
        found.append(row)
    return found


def _met(rows: list[list[_Place]]) -> list[tuple[_Place, _Place]]:
    """Characters of two coders that meet: same place, both marked."""
    return [
        (one[at], other[at])
        for one, other in permutations(rows, 2)
        for at in range(LENGTH)
        if one[at].code and other[at].code
    ]


def _chance(drawn: list[_Place]) -> dict[tuple[str, str], int]:
    """Pairs of what was drawn, but those of one span with itself."""
    counts: Counter[tuple[str, str]] = Counter()
    spans_of = Counter((place.code, place.span) for place in drawn)
    for (code, span), times in spans_of.items():
        for (other, its), often in spans_of.items():
            if span != its:
                counts[code, other] += times * often
    return counts


def _share_apart(counts: dict[tuple[str, str], int], code: str | None = None) -> float:
    kept = {pair: count for pair, count in counts.items() if code is None or pair[0] == code}
    whole = sum(kept.values())
    return sum(count for (one, other), count in kept.items() if one != other) / whole if whole else math.nan


def _compared(
    observed: dict[tuple[str, str], int], expected: dict[tuple[str, str], int], code: str | None = None
) -> float:
    chance = _share_apart(expected, code)
    return 1 - _share_apart(observed, code) / chance if chance else math.nan


DOMAINS = {"a": "X", "b": "X", "c": "Y"}


@given(st.lists(spans(), min_size=2, max_size=5))
@settings(max_examples=80)
def test_codes_of_many_coders_are_compared_pair_of_characters_by_pair(coders: list[list[Span]]) -> None:
    """cu-α, (k)u-α and Cu-α: who meets whom, and all pairs of what met, whichever their places, but within a span."""
    if not any(coders):
        return
    found = unitizing_alphas(study(*coders), domains=DOMAINS)
    names = {code: code for code in CODES}
    met = _met(_places(coders, names))
    observed, expected = Counter((p.code, q.code) for p, q in met), _chance([p for p, _ in met])
    assert found.coding == pytest.approx(_compared(observed, expected), abs=1e-12, nan_ok=True)
    for code, value in found.by_code.items():
        assert value == pytest.approx(_compared(observed, expected, code), abs=1e-12, nan_ok=True)
    assert found.coverage == pytest.approx(len(met) / (len(coders) - 1) / (len(coders) * LENGTH))
    between = _met(_places(coders, DOMAINS))
    observed, expected = Counter((p.code, q.code) for p, q in between), _chance([p for p, _ in between])
    assert found.domains == pytest.approx(_compared(observed, expected), abs=1e-12, nan_ok=True)


@given(st.lists(spans(), min_size=2, max_size=5))
@settings(max_examples=60)
def test_marking_of_many_coders_is_compared_pair_of_characters_by_pair(coders: list[list[Span]]) -> None:
    if not any(coders):
        return
    rows = _places(coders, dict.fromkeys(CODES, "+"))
    observed = Counter((one[at].code, other[at].code) for one, other in permutations(rows, 2) for at in range(LENGTH))
    # |uα: what is chance is drawn from all characters
    expected = _chance([place for row in rows for place in row])
    assert unitizing_alphas(study(*coders)).binary == pytest.approx(
        _compared(observed, expected), abs=1e-12, nan_ok=True
    )


@given(st.lists(st.lists(st.sampled_from(CODES), min_size=3, max_size=5), min_size=2, max_size=10))
@settings(max_examples=60)
def test_coding_of_many_who_all_mark_places_of_one_is_the_ordinary_alpha(rows: list[list[str]]) -> None:
    width = min(map(len, rows))
    coders = [[Span(at, at + 1, row[rank]) for at, row in enumerate(rows)] for rank in range(width)]
    found = unitizing_alphas(study(*coders, length=len(rows)))
    ordinary = krippendorff_alpha(Ratings.of([row[:width] for row in rows]))
    assert found.coding == pytest.approx(ordinary, abs=1e-12, nan_ok=True)
    assert found.nominal == pytest.approx(ordinary, abs=1e-12, nan_ok=True)


@given(st.lists(spans(), min_size=2, max_size=3), st.permutations(range(3)))
@settings(max_examples=60)
def test_names_and_order_of_coders_do_not_matter(coders: list[list[Span]], order: list[int]) -> None:
    if not any(coders):
        return
    first = unitizing_alphas(study(*coders))
    renamed = [[Span(s.start, s.end, "zyx"[CODES.index(s.code)]) for s in one] for one in coders]
    second = unitizing_alphas(study(*(renamed[rank] for rank in order if rank < len(coders))))
    for name in ("binary", "nominal", "coding", "coverage"):
        assert getattr(second, name) == pytest.approx(getattr(first, name), abs=1e-12, nan_ok=True)


@given(spans())
def test_the_same_marks_are_perfect_agreement(one: list[Span]) -> None:
    if not one:
        return
    found = unitizing_alphas(study(one, one, one))
    for value in (found.binary, found.nominal, found.coding, *found.by_code.values(), *found.alone.values()):
        assert math.isnan(value) or value == pytest.approx(1.0)


def test_one_code_makes_nominal_binary_and_alone_one_thing() -> None:
    found = unitizing_alphas(study([Span(0, 6, "a"), Span(10, 14, "a")], [Span(2, 6, "a")]))
    assert found.nominal == pytest.approx(found.binary) == pytest.approx(found.alone["a"])
    assert math.isnan(found.coding)  # with one code nothing can be told of the choice of codes


def test_coding_looks_only_where_two_marked() -> None:
    # the places differ, but wherever two marked, the codes are the same
    found = unitizing_alphas(study([Span(0, 10, "a"), Span(12, 16, "b")], [Span(5, 11, "a"), Span(12, 20, "b")]))
    assert found.coding == found.by_code["a"] == found.by_code["b"] == 1.0
    assert 0 < found.binary < 1
    assert found.coverage == pytest.approx(9 / 24)


def test_overlapping_codes_are_told_one_by_one() -> None:
    found = unitizing_alphas(
        study([Span(0, 10, "a"), Span(4, 12, "b")], [Span(0, 10, "a"), Span(14, 20, "b")]),
        domains={"a": "relation", "b": "relation"},
    )
    assert math.isnan(found.nominal)
    assert math.isnan(found.by_code["a"])
    assert found.alone["a"] == 1.0
    assert found.alone["b"] < 0
    assert math.isnan(found.domains)  # one domain only: nothing varies


def test_domains_forgive_a_choice_within_them() -> None:
    first = [Span(0, 6, "a"), Span(8, 14, "b"), Span(16, 22, "c")]
    second = [Span(0, 6, "b"), Span(8, 14, "a"), Span(16, 22, "c")]
    found = unitizing_alphas(study(first, second), domains={"a": "X", "b": "X", "c": "Y"})
    assert found.domains == 1.0
    assert found.coding < 0.5


@given(spans(overlapping=True), spans(overlapping=True))
@settings(max_examples=60)
def test_spans_match_as_many_as_can_be(one: list[Span], other: list[Span]) -> None:
    made = study(one, other)
    left, right = made.continua[0].spans
    exact, touching = span_f1(made, "coder 0", "coder 1"), span_f1(made, "coder 0", "coder 1", exact=False)
    assert exact.matched == len(set(left) & set(right)) <= touching.matched
    if left and right:
        graph = csr_matrix([[s.code == t.code and s.shared(t) > 0 for t in right] for s in left], dtype=int)
        assert touching.matched == (maximum_bipartite_matching(graph) >= 0).sum()


def test_units_of_sentences_forgive_the_ends() -> None:
    sentences = [(0, 10), (11, 30), (31, 40)]
    assert by_units([Span(0, 9, "a")], sentences) == [Span(0, 1, "a")]
    assert by_units([Span(0, 13, "a")], sentences) == [Span(0, 1, "a")]
    assert by_units([Span(12, 15, "a")], sentences) == [Span(1, 2, "a")]
    assert by_units([Span(5, 40, "a")], sentences) == [Span(0, 3, "a")]
    assert by_units([Span(41, 44, "a")], sentences) == []


def _documents(count: int) -> Unitizing:
    random = np.random.default_rng(4)
    documents = []
    for _ in range(count):
        starts = np.cumsum(random.integers(40, 90, 6))
        first = [
            Span(int(at), int(at) + 20, CODES[int(c)]) for at, c in zip(starts, random.integers(3, size=6), strict=True)
        ]
        second = [
            Span(s.start + int(shift), s.end, s.code)
            for s, shift in zip(first, random.integers(6, size=6), strict=True)
        ]
        documents.append((700, {"Anne": first, "Basile": second}))
    return Unitizing.of(documents)


def test_intervals_hold_the_value_and_repeat() -> None:
    made = _documents(12)
    found = bootstrap_unitizing(made, resamples=200)
    assert found.low <= found.value <= found.high
    assert found == bootstrap_unitizing(made, resamples=200)
    assert found.value == unitizing_alphas(made).nominal
    one = Unitizing(made.coders, made.continua[:1])
    assert bootstrap_unitizing(one, Measure.BINARY, block=100, resamples=100).undefined < 100
    with pytest.raises(ValueError, match="Two documents"):
        bootstrap_unitizing(one)


def test_prevalence_is_the_share_of_what_was_read() -> None:
    assert study([Span(0, 6, "a")], [Span(0, 12, "a"), Span(12, 24, "b")]).prevalence == {"a": 18 / 48, "b": 12 / 48}


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([], "Two coders"),
        ([(5, {"Anne": []})], "Two coders"),
        ([(5, {"Anne": [], "Basile": []}), (5, {"Anne": [], "Chloé": []})], "Every coder"),
        ([(5, {"Anne": [Span(2, 6, "a")], "Basile": []})], "does not lie"),
        ([(5, {"Anne": [Span(3, 3, "a")], "Basile": []})], "does not lie"),
    ],
)
def test_what_cannot_be_compared_is_refused(documents: list[tuple[int, dict[str, list[Span]]]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Unitizing.of(documents)


def test_nothing_marked_is_refused() -> None:
    with pytest.raises(ValueError, match="Nobody"):
        unitizing_alphas(study([], []))
