"""Survey estimation: calibration against stored weights, variances against brute force."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nuserus_analysis.weighting import (
    Design,
    Distance,
    NoSolution,
    calibrate,
    design_weights,
    estimate_difference,
    estimate_mean,
    estimate_proportion,
    estimate_total,
    nonresponse_cells,
    rake,
    suppress,
)

STATS = Path(__file__).parents[3] / "shared" / "data" / "stats"
needs_reference = pytest.mark.skipif(
    not (STATS / "api.csv").is_file(), reason="the reference file api.csv is not beside this checkout"
)
TOTALS = [6194.0, 755.0, 1018.0, 3914069.0]
COLUMN = {Distance.LINEAR: "g", Distance.RAKING: "r", Distance.LOGIT: "l"}
MEANS = {Distance.LINEAR: 665.31, Distance.RAKING: 665.39, Distance.LOGIT: 665.41}


def _api() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    rows = list(csv.DictReader((STATS / "api.csv").read_text("utf-8").splitlines()))
    weights = np.array([float(row["pw"]) for row in rows])
    x = np.array([[1.0, row["stype"] == "H", row["stype"] == "M", float(row["api99"])] for row in rows])
    return weights, x, np.array([float(row["api00"]) for row in rows])


@needs_reference
@pytest.mark.parametrize("distance", Distance)
def test_calibrated_weights_are_those_of_the_reference(distance: Distance) -> None:
    weights, x, y = _api()
    stored = list(csv.DictReader((STATS / "api_w.csv").read_text("utf-8").splitlines()))
    expected = np.array([float(row[COLUMN[distance]]) for row in stored])
    bounds = (0.5, 2.0) if distance == Distance.LOGIT else None
    found = calibrate(weights, x, TOTALS, distance=distance, bounds=bounds)
    assert np.abs(x.T @ found.weights / TOTALS - 1).max() < 1e-11
    mean = found.weights @ y / found.weights.sum()
    assert round(mean, 2) == MEANS[distance]
    assert abs(mean / (expected @ y / expected.sum()) - 1) < 1e-8
    assert np.abs(found.weights / expected - 1).max() < 1e-6


def _sample(seed: int = 0, n: int = 60) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    random = np.random.default_rng(seed)
    return random.uniform(5, 15, n), np.column_stack([np.ones(n), random.normal(10, 3, n), random.random(n) < 0.4])


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from(list(Distance)))
def test_totals_are_met_and_redundant_columns_change_nothing(seed: int, distance: Distance) -> None:
    weights, x = _sample(seed)
    totals = (x.T @ weights) * np.array([1.0, 1.03, 0.95])
    bounds = (0.3, 3.0) if distance == Distance.LOGIT else None
    found = calibrate(weights, x, totals, distance=distance, bounds=bounds)
    assert np.abs(x.T @ found.weights / totals - 1).max() < 1e-9
    twice = calibrate(weights, np.column_stack([x, x[:, 0]]), [*totals, totals[0]], distance=distance, bounds=bounds)
    assert np.allclose(twice.weights, found.weights, rtol=1e-7)
    if distance != Distance.LINEAR:
        assert (found.weights > 0).all()


def test_bounds_hold_and_impossible_totals_say_so() -> None:
    weights, x = _sample()
    totals = (x.T @ weights) * np.array([1.0, 1.1, 1.0])
    found = calibrate(weights, x, totals, bounds=(0.6, 1.6))
    assert found.g.min() >= 0.6 - 1e-12 and found.g.max() <= 1.6 + 1e-12
    with pytest.raises(NoSolution, match="widen"):
        calibrate(weights, x, (x.T @ weights) * np.array([1.0, 3.0, 1.0]), distance=Distance.LOGIT, bounds=(0.9, 1.1))
    with pytest.raises(ValueError, match="both sides of 1"):
        calibrate(weights, x, totals, bounds=(1.1, 2))
    with pytest.raises(ValueError, match="one row per weight"):
        calibrate(weights, x[:5], totals)


def test_raking_is_the_limit_of_proportional_fitting() -> None:
    random = np.random.default_rng(4)
    places, sizes = random.choice(["IME", "EHPAD", "MAS"], 80).tolist(), random.choice(["petit", "grand"], 80).tolist()
    known = [(places, {"IME": 300.0, "EHPAD": 500.0, "MAS": 200.0}), (sizes, {"petit": 650.0, "grand": 350.0})]
    slow = np.full(80, 10.0)
    for _ in range(500):
        for labels, totals in known:
            now = {name: slow[[label == name for label in labels]].sum() for name in totals}
            slow = slow * np.array([totals[label] / now[label] for label in labels])
    assert np.allclose(rake(np.full(80, 10.0), known).weights, slow, rtol=1e-9)
    with pytest.raises(NoSolution, match="same population"):
        rake(np.full(80, 10.0), [known[0], (sizes, {"petit": 1.0, "grand": 2.0})])
    with pytest.raises(NoSolution, match="FAM"):
        rake(np.full(80, 10.0), [(places, {**known[0][1], "FAM": 5.0})])


def test_variance_of_a_small_population_is_that_of_all_its_samples() -> None:
    """Unbiased: the mean of the estimated variances over every sample is the variance of the estimates."""
    population = {"a": [3.0, 5.0, 4.0, 9.0], "b": [10.0, 12.0, 20.0]}
    drawn = [(one, two) for one in combinations(population["a"], 2) for two in combinations(population["b"], 2)]
    totals, variances = [], []
    for one, two in drawn:
        strata = ["a", "a", "b", "b"]
        weights = design_weights(strata, {"a": 4, "b": 3})
        design = Design.of(weights, strata=strata, populations={"a": 4, "b": 3})
        found = estimate_total(design, [*one, *two])
        totals.append(found.value)
        variances.append(found.error**2)
    assert np.mean(totals) == pytest.approx(63)
    assert np.mean(variances) == pytest.approx(np.var(totals))


def test_clusters_are_what_varies() -> None:
    values = [1.0, 1.0, 5.0, 5.0, 3.0, 3.0]
    clustered = estimate_mean(Design.of([10] * 6, clusters=[1, 1, 2, 2, 3, 3]), values)
    once = estimate_mean(Design.of([20] * 3), [1.0, 5.0, 3.0])
    assert (clustered.value, clustered.error, clustered.freedom) == pytest.approx((once.value, once.error, 2))


def test_a_stratum_with_one_cluster_is_unknown_and_not_zero() -> None:
    design = Design.of([1, 1, 1], strata=["a", "a", "b"])
    assert np.isnan(estimate_mean(design, [1, 2, 3]).error)
    known = Design.of([1, 1, 1], strata=["a", "a", "b"], populations={"a": 10, "b": 1})
    assert np.isfinite(estimate_mean(known, [1, 2, 3]).error)


def test_calibration_on_the_variable_itself_leaves_no_variance() -> None:
    weights, x = _sample()
    totals = (x.T @ weights) * np.array([1.0, 1.02, 1.0])
    found = calibrate(weights, x, totals)
    design = Design.of(weights).calibrated(found.weights, x)
    assert estimate_total(design, x[:, 1]).error < 1e-6
    assert estimate_total(Design.of(weights), x[:, 1]).error > 100


def test_a_domain_keeps_the_rows_outside() -> None:
    weights, x = _sample()
    inside = x[:, 2] > 0
    design = Design.of(weights)
    found = estimate_mean(design, x[:, 1], within=inside)
    assert found.value == pytest.approx(np.average(x[inside, 1], weights=weights[inside]))
    assert (found.n, found.freedom) == (int(inside.sum()), 59)
    with pytest.raises(ValueError, match="domain is empty"):
        estimate_mean(design, x[:, 1], within=np.zeros(60, dtype=bool))


def test_proportions_stay_between_0_and_1() -> None:
    holds = [True] + [False] * 39
    found = estimate_proportion(Design.of([10] * 40), holds)
    assert found.value == pytest.approx(0.025)
    assert 0 < found.low < found.value < found.high < 0.2
    assert np.isnan(estimate_proportion(Design.of([10] * 40), [False] * 40).low)


def test_a_panel_knows_more_than_two_samples() -> None:
    random = np.random.default_rng(1)
    before = random.normal(10, 3, 50)
    after = before + 1 + random.normal(0, 0.5, 50)
    design = Design.of([4] * 50)
    panel = estimate_difference((design, before), (design, after), same_clusters=True)
    apart = estimate_difference((design, before), (design, after))
    assert panel.value == apart.value == pytest.approx((after - before).mean())
    assert panel.error == pytest.approx((after - before).std(ddof=1) / np.sqrt(50))
    assert panel.error < apart.error / 3


def test_missing_answers_are_carried_by_their_cell() -> None:
    weights = nonresponse_cells([2, 2, 4, 4], [True, False, True, True], ["a", "a", "b", "b"])
    assert weights.tolist() == [4, 0, 4, 4]
    with pytest.raises(ValueError, match="Cell a: 0 answered"):
        nonresponse_cells([1, 1], [False, True], ["a", "b"])
    with pytest.raises(ValueError, match="drawn from"):
        design_weights(["a", "a"], {"a": 1})


def _possible(table: NDArray[np.int64], shown: NDArray[np.bool_]) -> NDArray[np.int64]:
    """All tables that a reader of the margins and of what is shown cannot exclude."""
    hidden = list(zip(*np.nonzero(~shown), strict=True))
    rows, columns = (np.where(shown, 0, table).sum(axis=axis) for axis in (1, 0))
    found: list[NDArray[np.int64]] = []

    def fill(rank: int, rows: NDArray[np.int64], columns: NDArray[np.int64], now: NDArray[np.int64]) -> None:
        if rank == len(hidden):
            if not rows.any() and not columns.any():
                found.append(now.copy())
            return
        i, j = hidden[rank]
        last_of_row = all(row != i for row, _column in hidden[rank + 1 :])
        last_of_column = all(column != j for _row, column in hidden[rank + 1 :])
        choices = range(min(rows[i], columns[j]) + 1)
        for value in choices:
            if (last_of_row and value != rows[i]) or (last_of_column and value != columns[j]):
                continue
            now[i, j] = value
            rows[i] -= value
            columns[j] -= value
            fill(rank + 1, rows, columns, now)
            rows[i] += value
            columns[j] += value

    fill(0, rows, columns, np.where(shown, table, 0))
    return np.array(found)


def _protected(table: NDArray[np.int64], shown: NDArray[np.bool_], threshold: int) -> NDArray[np.bool_]:
    """Small cells that could be large and could be less, as far as a reader can tell."""
    possible = _possible(table, shown)
    return np.asarray((possible.max(axis=0) >= threshold) & (possible.min(axis=0) < table))


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 7), min_size=3, max_size=3), min_size=3, max_size=3))
def test_a_reader_of_the_margins_learns_no_small_cell_and_no_fewer_cells_would_do(rows: list[list[int]]) -> None:
    """By trying all tables that a reader cannot exclude, and all smaller sets of hidden cells."""
    table, threshold = np.array(rows), 3
    found = suppress(table, threshold=threshold)
    small = (table > 0) & (table < threshold)
    assert np.array_equal(found.primary, small)
    assert not (found.shown & small).any()
    everything = _protected(table, np.zeros_like(found.shown), threshold)
    assert np.array_equal(found.given_away, small & ~everything)
    wanted = small & everything
    assert _protected(table, found.shown, threshold)[wanted].all()
    if found.given_away.any():
        return
    others = np.flatnonzero(~small)
    for count in range(int(found.secondary.sum())):
        for more in combinations(others.tolist(), count):
            shown = ~small
            shown.ravel()[list(more)] = False
            assert not _protected(table, shown, threshold)[wanted].all()


def test_a_line_with_two_hidden_cells_is_not_enough() -> None:
    """Two squares joined by one cell: each line hides two at least, yet that cell is a difference of totals."""
    table = np.full((5, 5), 20)
    hidden = [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]
    table[1, 2] = 3
    shown = np.ones((5, 5), dtype=bool)
    for place in hidden:
        shown[place] = False
    assert (_possible(table[:4, :4], shown[:4, :4])[:, 1, 2] == 3).all()
    found = suppress(table)
    assert found.secondary.sum() == 3
    assert _protected(table, found.shown, 5)[1, 2]


def test_a_margin_that_tells_a_small_cell_is_said() -> None:
    found = suppress([[3, 0, 0], [20, 30, 40]])
    assert found.given_away.tolist() == [[True, False, False], [False, False, False]]
    assert suppress([[12, 3]]).given_away.tolist() == [[False, True]]
    assert not suppress([[30, 20], [8, 9]]).primary.any()


def test_suppression_is_the_least_of_a_known_table() -> None:
    found = suppress([[12, 3, 20, 14], [8, 15, 9, 22], [30, 18, 25, 16]])
    assert found.primary.sum() == 1
    assert found.secondary.sum() == 3
    assert not found.given_away.any()
