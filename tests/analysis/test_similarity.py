"""The graph of forms: weights, backbone, communities."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuserus_analysis.similarity import Index, similarity_graph


def test_weights_are_meetings_or_their_share() -> None:
    table = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [0, 1, 0]])
    graph = similarity_graph(table)
    assert dict(zip(map(tuple, graph.edges.tolist()), graph.weights.tolist(), strict=True)) == {(0, 1): 2, (0, 2): 1}
    shares = similarity_graph(table, index=Index.JACCARD)
    assert shares.weights.tolist() == pytest.approx([2 / 4, 1 / 3])
    assert similarity_graph(table, least=2).edges.tolist() == [[0, 1]]
    assert similarity_graph(table, least=2).communities.tolist() == [0, 0, -1]


def _widest(n: int, edges: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Strength of the best path between all pairs, the slow way."""
    strength = np.zeros((n, n))
    for (a, b), weight in zip(edges.tolist(), weights.tolist(), strict=True):
        strength[a, b] = strength[b, a] = weight
    for middle in range(n):
        strength = np.maximum(strength, np.minimum(strength[:, [middle]], strength[[middle], :]))
    np.fill_diagonal(strength, 0)
    return strength


@settings(max_examples=80)
@given(st.integers(0, 10_000), st.integers(3, 8), st.floats(0.1, 0.6))
def test_the_tree_keeps_the_strongest_paths(seed: int, n: int, density: float) -> None:
    table = np.random.default_rng(seed).random((12, n)) < density
    graph = similarity_graph(table)
    kept = graph.edges[graph.tree]
    linked = len(np.unique(graph.edges))
    assert len(kept) == linked - graph.parts
    assert np.array_equal(_widest(n, graph.edges, graph.weights), _widest(n, kept, graph.weights[graph.tree]))


def test_another_tree_of_the_same_weight_is_said() -> None:
    triangle = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]])
    assert similarity_graph(triangle).ties
    assert not similarity_graph(np.array([[1, 1, 0], [1, 1, 0], [0, 1, 1]])).ties


def test_planted_communities_are_found_whatever_the_order_of_segments() -> None:
    random = np.random.default_rng(3)
    planted = np.repeat([0, 1, 2], 8)
    rows = [
        (planted == topic) & (random.random(24) < 0.6) | (random.random(24) < 0.04)
        for topic in random.integers(0, 3, 400)
    ]
    table = np.array(rows)
    graph = similarity_graph(table)
    assert len({(a, b) for a, b in zip(graph.communities.tolist(), planted.tolist(), strict=True)}) == 3
    assert graph.modularity > 0.4
    again = similarity_graph(table[random.permutation(400)])
    assert np.array_equal(graph.edges, again.edges)
    assert np.array_equal(graph.communities, again.communities)


def test_nothing_to_compare() -> None:
    with pytest.raises(ValueError, match="no form"):
        similarity_graph(np.zeros((3, 0)))
    empty = similarity_graph(np.zeros((3, 2)))
    assert empty.parts == 0 and not len(empty.edges)
