"""The descending classification: brute force on small tables, planted classes, independence of order."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import eigsh

from nuserus_analysis.reinert import Classification, Mode, Note, classify, cross, profile, typical_segments
from nuserus_analysis.reinert.bisection import best_cut, chi_squared, first_axis
from nuserus_analysis.reinert.presence import Presence, binary
from nuserus_analysis.reinert.switching import Switching, steepest, sweeping

Table = NDArray[np.int64]

tables = st.tuples(st.integers(0, 10_000), st.integers(4, 9), st.integers(3, 6)).map(
    lambda seed: (np.random.default_rng(seed[0]).random((seed[1], seed[2])) < 0.5).astype(np.int64)
)


def _held(table: Table) -> Table:
    kept: Table = table[table.any(axis=1)][:, table.any(axis=0)]
    return kept


def _pearson(table: Table, first: NDArray[np.bool_]) -> float:
    """χ² of the two groups × forms, as one learns it."""
    groups = np.vstack([table[first].sum(axis=0), table[~first].sum(axis=0)]).astype(float)
    if not groups.sum(axis=1).all():
        return 0.0
    expected = np.outer(groups.sum(axis=1), groups.sum(axis=0)) / groups.sum()
    return float(((groups - expected) ** 2 / np.where(expected > 0, expected, 1)).sum())


@settings(max_examples=150)
@given(tables, st.integers(0, 1000))
def test_moves_are_worth_what_is_said(table: Table, seed: int) -> None:
    kept = _held(table)
    assume(len(kept) > 1)
    presence = Presence.of(binary(kept))
    rows = np.asarray(presence.rows.todense()).astype(int)
    whole = np.repeat(rows, presence.weights.astype(int), axis=0)
    first = np.random.default_rng(seed).random(len(rows)) < 0.5

    def chi2(halves: NDArray[np.bool_]) -> float:
        return _pearson(whole, np.repeat(halves, presence.weights.astype(int)))

    state = Switching(presence, first)
    assert state.chi2 == pytest.approx(chi2(first), abs=1e-9)
    for row, value in enumerate(state.values().copy()):
        moved = first.copy()
        moved[row] = not moved[row]
        assert value == pytest.approx(chi2(moved), abs=1e-7)
    state.move(0)
    first[0] = not first[0]
    assert state.chi2 == pytest.approx(chi2(first), abs=1e-9)
    assert state.values().tolist() == pytest.approx(Switching(presence, first).values().tolist(), abs=1e-7)


@settings(max_examples=150)
@given(tables, st.integers(0, 1000))
def test_the_cut_is_the_best_of_the_ordering(table: Table, seed: int) -> None:
    kept = _held(table)
    assume(len(kept) > 1)
    presence = Presence.of(binary(kept))
    rows = np.repeat(np.asarray(presence.rows.todense()).astype(int), presence.weights.astype(int), axis=0)
    axis = np.random.default_rng(seed).integers(0, 4, presence.weights.size).astype(float)
    first, chi2, _tied = best_cut(presence, axis)
    spread = np.repeat(axis, presence.weights.astype(int))
    cuts = [_pearson(rows, spread <= value) for value in sorted(set(axis.tolist()))[:-1]]
    assert chi2 == pytest.approx(max(cuts, default=0.0), abs=1e-9)
    if chi2 > 1e-9:
        assert _pearson(rows, np.repeat(first, presence.weights.astype(int))) == pytest.approx(chi2)


@settings(max_examples=60)
@given(tables)
def test_the_axis_is_that_of_the_whole_correspondence_analysis(table: Table) -> None:
    kept = _held(table)
    assume(len(kept) > 2 and kept.shape[1] > 2)
    presence = Presence.of(binary(kept))
    coordinates, parts, tied = first_axis(presence)
    assume(parts == 1 and not tied)
    rows = np.asarray(presence.rows.todense()) * presence.weights[:, None]
    r, c, n = rows.sum(axis=1), rows.sum(axis=0), rows.sum()
    residuals = (rows / n - np.outer(r, c) / n**2) / np.sqrt(np.outer(r, c) / n**2)
    left, values, _right = np.linalg.svd(residuals)
    assume(values[0] - values[1] > 1e-4)
    expected = left[:, 0] / np.sqrt(r)
    assert abs(np.corrcoef(coordinates, expected)[0, 1]) == pytest.approx(1, abs=1e-6)


@settings(max_examples=80)
@given(tables)
def test_nothing_that_one_move_could_better_is_left(table: Table) -> None:
    kept = _held(table)
    assume(len(kept) > 1)
    presence = Presence.of(binary(kept))
    start = np.zeros(presence.weights.size, dtype=bool)
    start[0] = True
    state = steepest(presence, start)
    assert state.values().max() <= state.chi2 * (1 + 1e-9) + 1e-12
    best = max(
        float(chi_squared(presence.size, presence.lengths @ np.array(halves), _squares(presence, np.array(halves))))
        for halves in product((False, True), repeat=presence.weights.size)
    )
    assert state.chi2 <= best + 1e-9


@settings(max_examples=80)
@given(st.integers(0, 10_000), st.integers(30, 120), st.integers(6, 40), st.integers(1, 12))
def test_watching_a_few_rows_is_looking_at_all(seed: int, height: int, width: int, watched: int) -> None:
    """Also with rows that come twice, rare forms, and so few watched rows that others must be looked at again."""
    random = np.random.default_rng(seed)
    table = (random.random((height, width)) < 0.6 / (1 + np.arange(width)) ** 0.7).astype(np.int64)
    table = table[random.integers(height, size=2 * height)]
    kept = _held(table)
    assume(len(kept) > 3)
    presence = Presence.of(binary(kept))
    start = np.arange(presence.weights.size) < random.integers(1, max(presence.weights.size, 2))
    all_of_them = Switching(presence, start)
    while (row := all_of_them.foremost(all_of_them.values())) is not None:
        all_of_them.move(row)
    state = steepest(presence, start, watched=watched)
    assert state.first.tolist() == all_of_them.first.tolist()
    assert state.moves == all_of_them.moves
    assert state.chi2 == pytest.approx(all_of_them.chi2)


def _squares(presence: Presence, first: NDArray[np.bool_]) -> float:
    held = presence.rows.T @ (presence.weights * first)
    return float((held**2 / presence.totals).sum())


@settings(max_examples=60)
@given(tables)
def test_sweeping_in_blocks_is_going_one_by_one(table: Table) -> None:
    kept = _held(table)
    assume(len(kept) > 3)
    presence = Presence.of(binary(kept))
    start = np.arange(presence.weights.size) % 2 == 0
    assume(min(presence.weights @ start, presence.weights @ ~start) >= 1)
    first = start.copy()
    sizes = [float(presence.weights @ ~first), float(presence.weights @ first)]
    moved = True
    while moved:
        moved = False
        for row in range(first.size):
            state = Switching(presence, first)
            home = int(first[row])
            if sizes[home] - presence.weights[row] >= 1 and state.values()[row] > state.chi2 * (1 + 1e-10):
                first[row] = not first[row]
                sizes[home] -= presence.weights[row]
                sizes[1 - home] += presence.weights[row]
                moved = True
    assert sweeping(presence, start, least=1).first.tolist() == first.tolist()


def planted(segments: int = 600, topics: int = 4, seed: int = 0) -> tuple[sparse.csr_matrix, Table]:
    """Segments of known topics: forms of their own beside common ones."""
    random = np.random.default_rng(seed)
    topic = random.integers(0, topics, segments)
    own = np.repeat(np.arange(topics), 30)
    chance = np.where(own[None, :] == topic[:, None], 0.18, 0.01)
    table = random.random((segments, own.size)) < chance
    common = random.random((segments, 60)) < 0.08
    return sparse.csr_matrix(np.hstack([table, common]).astype(np.int64)), topic


def _agreement(found: Classification, topic: Table) -> float:
    """Share of the classified segments whose class is mostly of their topic."""
    kept = found.classes >= 0
    right = sum(np.bincount(topic[found.classes == rank]).max() for rank in range(found.k))
    return float(right / kept.sum())


@pytest.mark.parametrize("mode", Mode)
def test_planted_classes_are_recovered(mode: Mode) -> None:
    table, topic = planted()
    found = classify(table, k=4, mode=mode)
    assert found.k == 4
    assert _agreement(found, topic) > 0.93
    shown = profile(table, found.classes)
    for rank in range(4):
        mine = np.bincount(topic[found.classes == rank]).argmax()
        assert set(shown.top(rank, most=15).tolist()) <= set(range(mine * 30, mine * 30 + 30))
        for segment, score in typical_segments(table, found.classes, shown, rank, most=5):
            assert found.classes[segment] == rank
            assert score > 0


@pytest.mark.parametrize("mode", Mode)
@settings(max_examples=8)
@given(st.integers(0, 1000))
def test_nothing_depends_on_the_order_of_segments(mode: Mode, seed: int) -> None:
    table, _topic = planted(150, 3, seed % 5)
    order = np.random.default_rng(seed).permutation(150)
    found, again = classify(table, k=5, mode=mode), classify(table[order], k=5, mode=mode)
    assert again.sizes == found.sizes
    assert np.array_equal(again.classes, found.classes[order])
    assert [one.chi2 for one in again.divisions] == pytest.approx([one.chi2 for one in found.divisions])


def test_parts_are_found_however_long_the_chain() -> None:
    """Forty rows, each sharing a form with the next only: one part, and two when a link is cut."""
    chain = np.zeros((40, 41), dtype=np.int64)
    chain[np.arange(40), np.arange(40)] = chain[np.arange(40), np.arange(40) + 1] = 1
    assert first_axis(Presence.of(binary(chain)))[1] == 1
    assert first_axis(Presence.of(binary(np.delete(chain, 20, axis=0))))[1] == 2


def test_a_few_segments_of_their_own_do_not_stop_the_division_of_the_others() -> None:
    """Two segments with three forms that nobody else has hold the first axis; four are a class of their own."""
    table, topic = planted()
    for few, apart in ((2, True), (4, False)):
        said = np.hstack([table.toarray(), np.zeros((600, 5), dtype=np.int64)])
        said[:few] = 0
        said[:few, -5:] = said[:few, -6:-5] = 1  # one form is everybody's: all is in one part
        found = classify(said, k=5)
        assert found.k == 5
        assert (Note.FEW_APART in found.notes) == apart
        if apart:
            assert min(found.sizes) > few
            assert _agreement(found.cut(4), topic) > 0.93
        else:
            assert found.sizes[-1] == few


@pytest.mark.parametrize("mode", Mode)
def test_nothing_depends_on_the_sign_of_the_axis_or_the_start_of_the_solver(
    mode: Mode, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nuserus_analysis.reinert import bisection, descending

    table, _topic = planted(500, 4, seed=3)
    usual = classify(table, k=6, mode=mode)
    straight, random = bisection.first_axis, np.random.default_rng(9)
    monkeypatch.setattr(bisection, "SMALL", 10)  # so that the solver iterates

    def started(operator: object, *, v0: NDArray[np.float64], **given: object) -> object:
        return eigsh(operator, v0=random.normal(size=v0.size), **given)

    def turned(table: Presence) -> tuple[NDArray[np.float64], int, bool]:
        axis, parts, tied = straight(table)
        return -axis, parts, tied

    monkeypatch.setattr(bisection, "eigsh", started)
    monkeypatch.setattr(descending, "first_axis", turned)
    again = classify(table, k=6, mode=mode)
    assert np.array_equal(again.classes, usual.classes)
    assert [one.chi2 for one in again.divisions] == pytest.approx([one.chi2 for one in usual.divisions])


def test_a_division_says_when_another_was_as_good() -> None:
    apart = np.kron(np.eye(3, dtype=np.int64), np.ones((4, 3), dtype=np.int64))
    found = classify(apart, k=2)
    assert Note.SEVERAL_PARTS in found.notes
    assert Note.TIED in found.notes
    table, _topic = planted()
    assert classify(table, k=4).notes == ()


def test_equal_segments_stay_together_and_empty_ones_are_counted() -> None:
    table, _topic = planted(120, 3)
    doubled = sparse.vstack([table, table, sparse.csr_matrix((4, table.shape[1]), dtype=np.int64)]).tocsr()
    found = classify(doubled, k=3)
    assert found.classes[:120].tolist() == found.classes[120:240].tolist()
    assert found.empty == 4 + 2 * int((np.diff(table.indptr) == 0).sum())
    assert (found.classes[240:] == -1).all()


def test_the_tree_can_be_cut_and_suggests_where() -> None:
    table, topic = planted()
    found = classify(table, k=8)
    assert found.suggested() == 4
    assert _agreement(found.cut(4), topic) > 0.93
    assert found.cut(1).sizes == (600 - found.empty,)
    with pytest.raises(ValueError, match="1 to 8 classes"):
        found.cut(9)


def test_small_terminals_are_put_aside_in_the_other_mode() -> None:
    table, _topic = planted(300, 3)
    found = classify(table, k=8, mode=Mode.IRAMUTEQ, smallest=40)
    assert min(found.sizes) >= 40
    assert found.k < 8


def test_both_chi_squared_conventions_and_the_likelihood_ratio() -> None:
    """One form in 30 of 40 segments of a class, and in 10 of 60 elsewhere."""
    presence = np.array([[1]] * 30 + [[0]] * 10 + [[1]] * 10 + [[0]] * 50)
    table = np.hstack([presence, np.ones((100, 1), dtype=int)])
    classes = np.array([0] * 40 + [1] * 60)
    shown = profile(table, classes)
    assert shown.by_segments[0, 0] == pytest.approx(100 * (30 * 50 - 10 * 10) ** 2 / (40 * 60 * 40 * 60))
    assert shown.by_segments[0, 1] == -shown.by_segments[0, 0]
    assert (shown.frequencies[0].tolist(), shown.in_all[0]) == ([30, 10], 40)
    g2 = 2 * sum(o * np.log(o * 100 / (r * c)) for o, r, c in ((30, 40, 40), (10, 40, 60), (10, 60, 40), (50, 60, 60)))
    assert shown.likelihood[0, 0] == pytest.approx(g2)
    said = 140.0
    gap = abs(30 * 60 - 10 * 40) - said / 2
    assert shown.by_tokens[0, 0] == pytest.approx(said * gap**2 / (40 * 100 * 70 * 70))
    assert shown.by_segments[1].tolist() == [0, 0]


def test_double_classification_keeps_what_both_find() -> None:
    table, topic = planted(400, 3, seed=2)
    halves = sparse.csr_matrix(np.kron(np.eye(200), np.ones((1, 2)))) @ table  # segments two by two
    pairs = np.arange(400) // 2
    found = cross(classify(table, k=4), classify(halves, k=4), k=3, units=(np.arange(400), pairs), smallest=10)
    kept = found.classes >= 0
    assert found.covered == kept.sum() < 400
    assert len(found.nodes) == 3
    same = cross(classify(table, k=4), classify(table, k=4), k=3, smallest=10)
    assert _crossed_agreement(same.classes, topic) > 0.9


def _crossed_agreement(classes: Table, topic: Table) -> float:
    right = sum(np.bincount(topic[classes == rank]).max() for rank in range(int(classes.max()) + 1))
    return float(right / (classes >= 0).sum())


@settings(max_examples=25)
@given(st.integers(0, 1000))
def test_the_chosen_crossings_hold_most(seed: int) -> None:
    """Against all sets of candidates."""
    from itertools import combinations

    from nuserus_analysis.reinert.crossing import _best, _Candidate

    random = np.random.default_rng(seed)
    bits = [int(random.integers(1, 2**10)) for _ in range(7)]
    candidates = sorted(
        (_Candidate((rank, rank), one, one.bit_count(), float(rank)) for rank, one in enumerate(bits)),
        key=lambda one: (-one.size, -one.chi2),
    )
    chosen, _tied = _best(candidates, 3)
    scores = [
        (count, sum(one.size for one in group))
        for count in (1, 2, 3)
        for group in combinations(candidates, count)
        if not any(a.members & b.members for a, b in combinations(group, 2))
    ]
    assert (len(chosen), sum(one.size for one in chosen)) == max(scores)


def test_what_cannot_be_classified_says_so() -> None:
    with pytest.raises(ValueError, match="Two classes"):
        classify(np.eye(3), k=1)
    with pytest.raises(ValueError, match="No segment has any"):
        classify(np.zeros((3, 2)))
    alike = classify(np.ones((6, 3)), k=3)
    assert (alike.k, alike.sizes) == (1, (6,))
    with pytest.raises(ValueError, match="One class per segment"):
        profile(np.eye(3), [0, 1])
