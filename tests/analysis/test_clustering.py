"""Trees, cuts and consolidation against stored results and brute force."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from nuserus_analysis.clustering import consolidate, ward
from nuserus_analysis.correspondence import multiple_correspondence

STATS = Path(__file__).parents[3] / "shared" / "data" / "stats"
needs_reference = pytest.mark.skipif(
    not (STATS / "tea.csv").is_file(), reason="the reference file tea.csv is not beside this checkout"
)


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((STATS / name).read_text("utf-8").splitlines()))


def _same_partition(one: NDArray[np.int64], other: list[str]) -> bool:
    return len(set(zip(one.tolist(), other, strict=True))) == len(set(other)) == len(set(one.tolist()))


@needs_reference
def test_tea_clusters() -> None:
    rows = _rows("tea.csv")
    names = [name for name in rows[0] if name][:18]
    points = multiple_correspondence({name: [row[name] for row in rows] for name in names}).individuals[:, :5]
    tree = ward(points)
    assert tree.gains[::-1][:3] == pytest.approx([0.08974561, 0.08329889, 0.0363921], abs=5e-9)
    cut = tree.cut(3)
    assert sorted(np.bincount(cut).tolist()) == [28, 100, 172]
    done = consolidate(points, cut)
    assert sorted(np.bincount(done.classes).tolist()) == [32, 97, 171]
    stored = _rows("tea_hcpc.csv")
    assert _same_partition(cut, [row["hc0"] for row in stored])
    assert _same_partition(done.classes, [row["hc"] for row in stored])
    assert tree.suggested() == 3


def _slow_gains(points: NDArray[np.float64], mass: NDArray[np.float64]) -> list[float]:
    groups = [[rank] for rank in range(len(points))]
    gains = []
    while len(groups) > 1:
        best = None
        for one, other in combinations(range(len(groups)), 2):
            a, b = groups[one], groups[other]
            ma, mb = mass[a].sum(), mass[b].sum()
            gap = np.average(points[a], axis=0, weights=mass[a]) - np.average(points[b], axis=0, weights=mass[b])
            loss = ma * mb / (ma + mb) * (gap @ gap)
            if best is None or loss < best[0]:
                best = (loss, one, other)
        assert best is not None
        gains.append(best[0])
        groups[best[1]] += groups.pop(best[2])
    return gains


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(2, 12))
def test_chains_give_the_tree_of_all_pairs(seed: int, n: int) -> None:
    random = np.random.default_rng(seed)
    points, mass = random.normal(size=(n, 3)), random.uniform(0.5, 2, n)
    tree = ward(points, weights=mass)
    assert tree.gains == pytest.approx(_slow_gains(points, mass / mass.sum()))
    centre = np.average(points, axis=0, weights=mass)
    inertia = np.average(((points - centre) ** 2).sum(axis=1), weights=mass)
    assert tree.gains.sum() == pytest.approx(inertia)
    for k in range(1, n + 1):
        assert len(set(tree.cut(k).tolist())) == k


@settings(max_examples=40)
@given(st.integers(0, 10_000))
def test_no_single_move_would_help_any_more(seed: int) -> None:
    random = np.random.default_rng(seed)
    points, mass = random.normal(size=(25, 2)), random.uniform(0.5, 2, 25)
    done = consolidate(points, random.integers(0, 3, 25) % 3, weights=mass)
    assert done.within_after <= done.within_before + 1e-12

    def within(classes: NDArray[np.int64]) -> float:
        return (
            sum(
                float(
                    mass[classes == k]
                    @ (
                        (points[classes == k] - np.average(points[classes == k], axis=0, weights=mass[classes == k]))
                        ** 2
                    ).sum(axis=1)
                )
                for k in set(classes.tolist())
            )
            / mass.sum()
        )

    best = within(done.classes)
    assert best == pytest.approx(done.within_after)
    for one in range(25):
        for k in range(int(done.classes.max()) + 1):
            tried = done.classes.copy()
            tried[one] = k
            if len(set(tried.tolist())) == len(set(done.classes.tolist())):
                assert within(tried) > best - 1e-9


def test_planted_groups_are_found() -> None:
    random = np.random.default_rng(5)
    planted = np.repeat([0, 1, 2, 3], 30)
    points = random.normal(scale=0.3, size=(120, 2)) + np.array([[0, 0], [4, 0], [0, 4], [4, 4]])[planted]
    tree = ward(points)
    assert _same_partition(tree.cut(4), [str(one) for one in planted])
    assert tree.suggested() == 4
    with pytest.raises(ValueError, match="1 to 120 classes"):
        tree.cut(121)
    with pytest.raises(ValueError, match="known coordinates"):
        ward([[np.nan, 1]])
