"""Specificities against stored scores and exact arithmetic."""

from __future__ import annotations

import csv
from math import comb, log10
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuserus_analysis.specificity import specificities

STATS = Path(__file__).parents[3] / "shared" / "data" / "stats"
needs_reference = pytest.mark.skipif(
    not (STATS / "rob.csv").is_file(), reason="the reference file rob.csv is not beside this checkout"
)


def _table(name: str) -> tuple[list[str], np.ndarray]:
    rows = list(csv.reader((STATS / name).read_text("utf-8").splitlines()))[1:]
    return [row[0] for row in rows], np.array([[float(value) for value in row[1:]] for row in rows])


@needs_reference
def test_speeches_of_robespierre() -> None:
    forms, counts = _table("rob.csv")
    stored_forms, stored = _table("rob_s.csv")
    scores = specificities(counts).scores
    peuple = forms.index("peuple")
    assert (round(scores[peuple, 3], 4), round(scores[peuple, 4], 4)) == (-4.1743, 2.1122)
    rows = [forms.index(form) for form in stored_forms]
    assert np.abs(scores[rows] - stored).max() < 5.1e-5


def _exact(k: int, f: int, t: int, total: int) -> float:
    mode = (f + 1) * (t + 1) // (total + 2)
    among = range(k, min(f, t) + 1) if k > mode else range(max(0, f + t - total), k + 1)
    tail = sum(comb(f, i) * comb(total - f, t - i) for i in among)
    score = log10(tail) - log10(comb(total, t))
    return -score if k > mode else score


@settings(max_examples=150)
@given(st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=6))
def test_scores_are_those_of_whole_numbers(rows: list[list[int]]) -> None:
    table = np.array(rows)
    if not table.any():
        return
    scores = specificities(table).scores
    total = int(table.sum())
    for row, f in zip(range(table.shape[0]), table.sum(axis=1).tolist(), strict=True):
        for part, t in enumerate(table.sum(axis=0).tolist()):
            assert scores[row, part] == pytest.approx(_exact(int(table[row, part]), f, t, total), abs=1e-9)


def test_large_corpora_do_not_underflow() -> None:
    table = np.array([[90_000, 10], [2_000_000, 3_000_000]])
    scores = specificities(table).scores
    assert np.isfinite(scores).all()
    assert scores[0, 0] > 30_000
    assert scores[0, 1] < -30_000


def test_a_table_with_only_some_forms_needs_the_sizes() -> None:
    whole = specificities([[5, 1], [20, 40]]).scores[0]
    assert np.allclose(specificities([[5, 1]], sizes=[25, 41]).scores[0], whole)
    with pytest.raises(ValueError, match="size of each part"):
        specificities([[5, 1]], sizes=[4, 41])
    with pytest.raises(ValueError, match="whole numbers"):
        specificities([[0.5, 1]])
