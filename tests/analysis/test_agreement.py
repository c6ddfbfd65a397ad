"""Coefficients of agreement against published examples, and what must hold of any table."""

from __future__ import annotations

import csv
import math
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuserus_analysis.agreement import (
    Metric,
    Ratings,
    bootstrap,
    cohen_kappa,
    fleiss_kappa,
    krippendorff_alpha,
    percent_agreement,
)
from nuserus_analysis.agreement.krippendorff import coincidence_matrix

# Krippendorff (2011), Computing Krippendorff's alpha-reliability: 4 observers, 12 units, missing data
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
PUBLISHED = {Metric.NOMINAL: 0.743, Metric.ORDINAL: 0.815, Metric.INTERVAL: 0.849, Metric.RATIO: 0.797}


THREE_RATERS = Path(__file__).parents[3] / "shared" / "data" / "stats" / "three_raters.csv"


def published() -> Ratings:
    return Ratings.of(list(zip(*OBSERVERS, strict=True)))


@pytest.mark.parametrize("metric", Metric)
def test_alpha_of_the_published_example(metric: Metric) -> None:
    assert round(krippendorff_alpha(published(), metric), 3) == PUBLISHED[metric]


def _by_pairs(ratings: Ratings, distance: dict[tuple[int, int], float]) -> float:
    """Alpha as its definition says, pair by pair."""
    kept = [[code for code in row if code >= 0] for row in ratings.codes.tolist()]
    kept = [row for row in kept if len(row) > 1]
    everything = [code for row in kept for code in row]
    n = len(everything)
    observed = sum(sum(distance[pair] for pair in permutations(row, 2)) / (len(row) - 1) for row in kept) / n
    expected = sum(distance[pair] for pair in permutations(everything, 2)) / (n * (n - 1))
    return float("nan") if expected == 0 else 1 - observed / expected


tables = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=coders, max_size=coders), min_size=2, max_size=8
    )
)


def _comparable(table: list[list[int | None]]) -> bool:
    return any(sum(value is not None for value in row) > 1 for row in table)


@settings(max_examples=150)
@given(tables.filter(_comparable))
def test_alpha_is_what_its_pairs_say(table: list[list[int | None]]) -> None:
    ratings = Ratings.of(table)
    values = ratings.values
    both = [(a, b) for a in range(len(values)) for b in range(len(values))]
    nominal = {(a, b): float(a != b) for a, b in both}
    interval = {(a, b): float((values[a] - values[b]) ** 2) for a, b in both}
    for metric, distance in ((Metric.NOMINAL, nominal), (Metric.INTERVAL, interval)):
        assert krippendorff_alpha(ratings, metric) == pytest.approx(_by_pairs(ratings, distance), nan_ok=True)


@settings(max_examples=60)
@given(tables.filter(_comparable), st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_units_coders_or_names(table: list[list[int | None]], random: object) -> None:
    ratings = Ratings.of(table)
    turned = [list(reversed(row)) for row in reversed(table)]
    renamed = [[None if value is None else f"v{value}" for value in row] for row in turned]
    assert krippendorff_alpha(Ratings.of(renamed)) == pytest.approx(krippendorff_alpha(ratings), nan_ok=True)
    assert percent_agreement(Ratings.of(renamed)) == pytest.approx(percent_agreement(ratings))


def test_three_raters_without_missing_data() -> None:
    """Complete data with small samples: the n − 1 of the expected disagreement counts."""
    rows = [
        (1, 1, 1),
        (2, 2, 2),
        (3, 3, 1),
        (2, 2, 3),
        (1, 1, 2),
        (3, 2, 3),
        (1, 1, 1),
        (2, 3, 2),
        (3, 3, 3),
        (1, 2, 1),
    ]
    ratings = Ratings.of(rows)
    nominal = {(a, b): float(a != b) for a in range(3) for b in range(3)}
    assert krippendorff_alpha(ratings) == pytest.approx(_by_pairs(ratings, nominal), abs=1e-14)
    assert krippendorff_alpha(ratings) > fleiss_kappa(ratings)


def test_kappa_of_two_independent_coders_is_zero() -> None:
    rows = [(a, b) for a in (0, 1) for b in (0, 1) for _ in range(25)]
    assert cohen_kappa(Ratings.of(rows)) == 0
    assert percent_agreement(Ratings.of(rows)) == 0.5


def test_cohen_worked_example() -> None:
    """50 applications read twice: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no gives 0.4."""
    rows = [("oui", "oui")] * 20 + [("oui", "non")] * 5 + [("non", "oui")] * 10 + [("non", "non")] * 15
    assert cohen_kappa(Ratings.of(rows)) == pytest.approx(0.4)


def test_fleiss_worked_example() -> None:
    """Fleiss (1971) as usually shown: 10 subjects, 14 raters, 5 categories gives 0.210."""
    counts = [
        (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
        (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
    ]  # fmt: skip
    rows = [[value for value, times in enumerate(row) for _ in range(times)] for row in counts]
    assert round(fleiss_kappa(Ratings.of(rows)), 3) == 0.210


def test_nothing_to_compare_and_nothing_that_varies() -> None:
    with pytest.raises(ValueError, match="nothing to compare"):
        krippendorff_alpha(Ratings.of([(1, None), (None, 2)]))
    assert math.isnan(krippendorff_alpha(Ratings.of([(1, 1), (1, 1)])))
    assert math.isnan(cohen_kappa(Ratings.of([("a", "a")] * 3)))
    with pytest.raises(ValueError, match="two coders"):
        cohen_kappa(Ratings.of([(1, 1, 1)]))
    with pytest.raises(ValueError, match="Nobody"):
        Ratings.of([(None, float("nan"))])
    with pytest.raises(ValueError, match="numbers"):
        krippendorff_alpha(Ratings.of([("a", "b")]), Metric.INTERVAL)


def test_intervals_are_repeatable_and_hold_the_value() -> None:
    found = bootstrap(published(), krippendorff_alpha, resamples=400, seed=3)
    assert found == bootstrap(published(), krippendorff_alpha, resamples=400, seed=3)
    assert found.low < found.value < found.high <= 1
    assert found.undefined == 0


def test_prevalence_adds_up() -> None:
    assert sum(published().prevalence.values()) == pytest.approx(1)


def test_many_categories_are_one_product() -> None:
    random = np.random.default_rng(0)
    codes = random.integers(200, size=(2000, 5))
    assert abs(krippendorff_alpha(Ratings(codes, tuple(range(200))))) < 0.02


@given(st.lists(st.lists(st.one_of(st.none(), st.integers(0, 30)), min_size=3, max_size=3), min_size=2, max_size=12))
def test_few_coders_and_many_values_give_the_same_coincidences(table: list[list[int | None]]) -> None:
    if not _comparable(table):
        return
    few = Ratings.of(table, order=range(31))
    many = Ratings(np.hstack([few.codes, np.full((few.units, 10), -1)]), few.values)
    np.testing.assert_allclose(coincidence_matrix(few), coincidence_matrix(many), atol=1e-12)


def _without_correction(ratings: Ratings) -> float:
    """What a known program prints as α: chance counted as if a value could meet itself, n² for n·(n − 1)."""
    counts = coincidence_matrix(ratings)
    margins = counts.sum(axis=1)
    n = margins.sum()
    return float(1 - (n - np.trace(counts)) / n / (1 - (margins**2).sum() / n**2))


def test_alpha_of_complete_data_is_not_the_figure_without_correction() -> None:
    """Three raters, five units: four of fifteen pairs are apart; the codes were given 5, 5 and 5 times.

    Apart by chance: 150 of 210 pairs, since a value does not meet itself; 150 of 225 in the other formula.
    """
    ratings = Ratings.of([(1, 1, 1), (2, 2, 2), (3, 3, 3), (1, 1, 2), (2, 3, 3)])
    n = 15
    observed = 4 / n
    assert krippendorff_alpha(ratings) == pytest.approx(1 - observed / (150 / 210), abs=1e-15)
    other = _without_correction(ratings)
    assert other == pytest.approx(1 - observed / (150 / 225), abs=1e-15)
    assert other == pytest.approx(fleiss_kappa(ratings), abs=1e-15)
    assert krippendorff_alpha(ratings) == pytest.approx(other + (1 - other) / n, abs=1e-15)


def test_two_known_figures_of_one_table_differ_by_that_correction() -> None:
    """.478029 and .478116, of three raters: so related for 6,000 values (2,000 units)."""
    assert round(0.478029 + (1 - 0.478029) / 6_000, 6) == 0.478116


@pytest.mark.skipif(not THREE_RATERS.is_file(), reason="the table of three raters is not beside this checkout")
def test_complete_data_of_three_raters() -> None:
    """The exact value, and not the one that a known program prints for the same table."""
    rows = list(csv.reader(THREE_RATERS.read_text("utf-8").splitlines()))[1:]
    ratings = Ratings.of([[float(value) for value in row[-3:]] for row in rows])
    found = {round(krippendorff_alpha(ratings, metric), 6) for metric in Metric}
    assert 0.478116 in found
    assert 0.478029 not in found
