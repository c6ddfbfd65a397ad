"""Correspondence analyses against stored results, and what must hold of any table."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nuserus_analysis.correspondence import correspondence, multiple_correspondence

STATS = Path(__file__).parents[3] / "shared" / "data" / "stats"
needs_reference = pytest.mark.skipif(
    not (STATS / "tea.csv").is_file(), reason="the reference files of ../shared/data/stats are not beside this checkout"
)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((STATS / name).read_text("utf-8").splitlines()))


def _active(name: str, count: int, *, without: tuple[str, ...] = ()) -> dict[str, list[str | None]]:
    rows = _rows(name)
    names = [key for key in rows[0] if key and key not in without][:count]
    return {key: [row[key] if row[key] != "NA" else None for row in rows] for key in names}


@needs_reference
def test_children_simple_analysis() -> None:
    table = np.array([[float(value) for value in list(row.values())[1:6]] for row in _rows("children.csv")[:14]])
    found = correspondence(table)
    assert found.inertias[:2] == pytest.approx([0.0354015389, 0.0131147352], abs=5e-11)
    assert found.inertias.sum() == pytest.approx(found.total)


@needs_reference
def test_tea_multiple_analysis() -> None:
    found = multiple_correspondence(_active("tea.csv", 18))
    assert found.inertias[:3] == pytest.approx([0.1482744146, 0.1215467265, 0.0900095384], abs=5e-11)
    stored = np.array([[float(row[f"Dim {axis}"]) for axis in range(1, 6)] for row in _rows("tea_ind.csv")])
    assert np.abs(np.abs(found.individuals[:, :5]) - np.abs(stored)).max() < 1e-9


@needs_reference
def test_hobbies_multiple_analysis() -> None:
    found = multiple_correspondence(_active("hobbies.csv", 18))
    assert found.inertias[:3] == pytest.approx([0.1977115509, 0.0806491059, 0.0720218150], abs=5e-11)
    stored = {row[""]: [float(row[f"Dim {axis}"]) for axis in range(1, 6)] for row in _rows("hob_var.csv")}
    ours = {
        f"{question}_{answer}": point
        for (question, answer), point in zip(found.categories, found.category_points, strict=True)
    }
    assert len(ours.keys() & stored.keys()) >= 34
    for name in ours.keys() & stored.keys():
        assert np.abs(ours[name][:5]) == pytest.approx(np.abs(stored[name]), abs=1e-9)


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(3, 9), st.integers(3, 9))
def test_inertia_is_the_chi_squared_of_the_table(seed: int, height: int, width: int) -> None:
    table = np.random.default_rng(seed).integers(1, 30, (height, width))
    found = correspondence(table)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
    assert found.total * table.sum() == pytest.approx(((table - expected) ** 2 / expected).sum())
    assert found.inertias.sum() == pytest.approx(found.total)
    assert found.row_masses @ found.rows == pytest.approx(np.zeros(found.inertias.size), abs=1e-9)
    assert found.row_contributions.sum(axis=0) == pytest.approx(np.ones(found.inertias.size))
    assert found.place_rows(table) == pytest.approx(found.rows, abs=1e-7)
    assert found.place_columns(table) == pytest.approx(found.columns, abs=1e-7)
    turned = correspondence(table.T)
    assert turned.inertias == pytest.approx(found.inertias)
    assert np.abs(turned.rows) == pytest.approx(np.abs(found.columns), abs=1e-6)


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_multiple_is_the_simple_analysis_of_the_indicator_table(seed: int) -> None:
    random = np.random.default_rng(seed)
    answers = {name: random.integers(0, 3, 40).tolist() for name in "abc"}
    weights = random.uniform(0.5, 2, 40)
    found = multiple_correspondence(answers, row_weights=weights)
    indicators = np.column_stack([[one == value for one in answers[name]] for name, value in found.categories])
    plain = correspondence(indicators.astype(float), row_weights=weights)
    count = found.inertias.size
    assert plain.inertias[:count] == pytest.approx(found.inertias, abs=1e-9)
    assert np.abs(plain.columns[:, 0]) == pytest.approx(np.abs(found.category_points[:, 0]), abs=1e-6)
    assert found.category_contributions.sum(axis=0) == pytest.approx(np.ones(count))


def test_weights_are_repetitions() -> None:
    answers = {"a": ["x", "y", "y", "z"], "b": ["u", "u", "v", "v"], "c": ["1", "2", "1", "2"]}
    repeated = {name: [column[0], *column, column[3], column[3]] for name, column in answers.items()}
    weighted = multiple_correspondence(answers, row_weights=[2, 1, 1, 3])
    assert weighted.inertias == pytest.approx(multiple_correspondence(repeated).inertias)


def test_supplementary_things_are_placed_where_active_ones_would_be() -> None:
    answers = {"a": ["x", "y", "y", "x"], "b": ["u", "u", "v", "v"], "c": ["1", "2", "1", "2"]}
    found = multiple_correspondence(answers)
    placed = found.place_question(answers["a"])
    rank = found.categories.index(("a", "x"))
    assert placed["x"] == pytest.approx(found.category_points[rank])
    assert found.place_individual({"a": "x", "b": "u", "c": "1"}) == pytest.approx(found.individuals[0])
    with pytest.raises(ValueError, match="a: w"):
        found.place_individual({"a": "w", "b": "u", "c": "1"})


def test_the_order_of_rows_changes_no_sign() -> None:
    table = np.random.default_rng(2).integers(1, 30, (7, 5))
    order: NDArray[np.int64] = np.array([3, 1, 6, 0, 2, 5, 4])
    assert correspondence(table[order]).rows == pytest.approx(correspondence(table).rows[order], abs=1e-9)


def test_bad_tables_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="row or a column of zeros"):
        correspondence([[1, 0], [2, 0]])
    with pytest.raises(ValueError, match="same answer to b"):
        multiple_correspondence({"a": [1, 2], "b": [1, 1]})
    with pytest.raises(ValueError, match="Two questions"):
        multiple_correspondence({"a": [1, 2]})


def test_unknown_answers_are_one_category_however_they_are_written() -> None:
    other = ["a", "b", "a", "b"]
    lists = multiple_correspondence({"x": [1.0, None, 2.0, None], "y": other})
    arrays = multiple_correspondence({"x": np.array([1.0, np.nan, 2.0, np.nan]), "y": other})  # type: ignore[dict-item]
    assert lists.categories == arrays.categories == (("x", 1.0), ("x", 2.0), ("x", None), ("y", "a"), ("y", "b"))
    np.testing.assert_allclose(lists.inertias, arrays.inertias)
