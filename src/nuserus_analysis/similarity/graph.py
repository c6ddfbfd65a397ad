"""Similarity analysis: forms that meet in the same segments (Flament, 1962; Degenne and Vergès, 1973).

Edges weigh by co-occurrence or by Jaccard's index; the maximum spanning tree keeps, between any two
forms, the path whose weakest edge is strongest; communities are the levels of modularity (Blondel and
others, 2008), in an order that depends on the numbers alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

Array = NDArray[np.float64]


class Index(StrEnum):
    """How the link of two forms is weighed."""

    COOCCURRENCE = "cooccurrence"  # segments in which both are
    JACCARD = "jaccard"  # the same, over the segments in which either is


@dataclass(frozen=True)
class SimilarityGraph:
    """Edges (pairs of columns, the lower number first) with their weights, heaviest first.

    `tree`: which edges are of the maximum spanning tree (of each part, if the graph is in several);
    `communities`: number of the community of each form, -1 for a form without an edge; `parts`: how many
    connected parts have an edge; `ties`: whether another tree weighs as much as this one.
    """

    edges: NDArray[np.int64]
    weights: Array
    tree: NDArray[np.bool_]
    communities: NDArray[np.int64]
    frequencies: NDArray[np.int64]
    parts: int
    ties: bool
    modularity: float


def similarity_graph(
    presence: ArrayLike | sparse.spmatrix, *, index: Index = Index.COOCCURRENCE, least: int = 1
) -> SimilarityGraph:
    """The graph of a table of segments × forms (present or not).

    `least`: segments in which two forms must meet to be linked. Raises ValueError for a table
    without rows or columns.
    """
    table = sparse.csr_matrix(presence)
    if 0 in table.shape:
        raise ValueError("There is no segment, or no form, to compare")
    table.data = (table.data != 0).astype(np.int64)
    table.eliminate_zeros()
    together = sparse.triu(table.T @ table, k=1).tocoo()
    kept = together.data >= least
    first, second, met = together.row[kept], together.col[kept], together.data[kept].astype(float)
    frequencies = np.asarray(table.sum(axis=0)).ravel().astype(np.int64)
    weights = met if index == Index.COOCCURRENCE else met / (frequencies[first] + frequencies[second] - met)
    order = np.lexsort((second, first, -weights))
    edges = np.column_stack([first, second])[order].astype(np.int64)
    weights = weights[order]
    tree, parts, ties = _backbone(edges, weights, table.shape[1])
    communities, modularity = _communities(edges, weights, table.shape[1])
    return SimilarityGraph(edges, weights, tree, communities, frequencies, parts, ties, modularity)


def _backbone(edges: NDArray[np.int64], weights: Array, n: int) -> tuple[NDArray[np.bool_], int, bool]:
    """Kruskal's tree on edges already in order, the number of parts, and whether it is not the only one."""
    root = np.arange(n)

    def top(node: int) -> int:
        while root[node] != node:
            root[node] = root[root[node]]
            node = int(root[node])
        return node

    chosen = np.zeros(len(edges), dtype=bool)
    ties, start = False, 0
    while start < len(edges):
        stop = start + int(np.searchsorted(-weights[start:], -weights[start], side="right"))
        joining = [(top(int(a)), top(int(b))) for a, b in edges[start:stop]]
        useful = sum(one != other for one, other in joining)
        before = int(chosen.sum())
        for rank in range(start, stop):
            one, other = top(int(edges[rank, 0])), top(int(edges[rank, 1]))
            if one != other:
                root[max(one, other)] = min(one, other)
                chosen[rank] = True
        ties |= useful > int(chosen.sum()) - before  # an edge of this weight could have stood for another
        start = stop
    linked = np.unique(edges) if len(edges) else np.empty(0, dtype=np.int64)
    return chosen, len({top(int(node)) for node in linked}), ties


def _communities(edges: NDArray[np.int64], weights: Array, n: int) -> tuple[NDArray[np.int64], float]:
    """Louvain's method: move each node to the neighbour's community that gains most, then start over on communities."""
    if not len(edges):
        return np.full(n, -1, dtype=np.int64), 0.0
    links = sparse.coo_matrix((weights, (edges[:, 0], edges[:, 1])), shape=(n, n)).tocsr()
    graph = (links + links.T).tocsr()
    found = np.arange(n)
    while True:
        moved = _settle(graph)
        found = moved[found]
        count = int(moved.max()) + 1
        if count == graph.shape[0]:
            break
        groups = sparse.csr_matrix((np.ones(moved.size), (np.arange(moved.size), moved)))
        graph = (groups.T @ graph @ groups).tocsr()
    whole = (links + links.T).tocsr()
    modularity = _modularity(whole, found)
    alone = np.asarray(whole.sum(axis=1)).ravel() == 0
    sizes = np.bincount(found[~alone], minlength=int(found.max()) + 1)
    rank = np.empty(sizes.size, dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(sizes.size)
    return np.where(alone, -1, rank[found]), modularity


def _settle(graph: sparse.csr_matrix) -> NDArray[np.int64]:
    degree = np.asarray(graph.sum(axis=1)).ravel()
    total = degree.sum()
    home = np.arange(graph.shape[0])
    weight = degree.copy()
    changed = True
    while changed:
        changed = False
        for node in range(graph.shape[0]):
            here = slice(graph.indptr[node], graph.indptr[node + 1])
            near, strength = graph.indices[here], graph.data[here]
            other = near != node
            places, where = np.unique(home[near[other]], return_inverse=True)
            if not places.size:
                continue
            weight[home[node]] -= degree[node]
            gains = np.bincount(where, weights=strength[other]) - degree[node] * weight[places] / total
            at_home = np.flatnonzero(places == home[node])
            staying = gains[at_home[0]] if at_home.size else -degree[node] * weight[home[node]] / total
            best = int(gains.argmax())
            if gains[best] > staying + 1e-12 * total:
                home[node], changed = places[best], True
            weight[home[node]] += degree[node]
    return np.asarray(np.unique(home, return_inverse=True)[1], dtype=np.int64)


def _modularity(graph: sparse.csr_matrix, home: NDArray[np.int64]) -> float:
    edges = graph.tocoo()
    total = edges.data.sum()
    inside = edges.data[home[edges.row] == home[edges.col]].sum()
    degree = np.bincount(home, weights=np.asarray(graph.sum(axis=1)).ravel())
    return float(inside / total - ((degree / total) ** 2).sum())
