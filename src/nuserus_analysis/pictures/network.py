"""The graph of a similarity analysis: its backbone, its communities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components, shortest_path

from nuserus_analysis.pictures.canvas import (
    FAINT,
    INK,
    MARKERS,
    Picture,
    Table,
    bare,
    colour,
    drawing,
    finished,
    named,
    plain,
    write,
)
from nuserus_analysis.pictures.placing import place_labels
from nuserus_analysis.similarity import SimilarityGraph

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Array = NDArray[np.float64]

TITLE = "Analyse de similitude\u00a0: arbre maximum"
ROUNDS = 300
APART = 1.5  # steps between parts
TALL = 0.8  # of the width: what the largest part may have beside it


def similarity_picture(
    graph: SimilarityGraph,
    vocabulary: Sequence[str],
    *,
    most: int = 50,
    labels: Sequence[str] | None = None,
    colours: Sequence[str] | None = None,
) -> Picture:
    """The maximum spanning tree over the `most` forms with the strongest links, one marker per community.

    `labels` and `colours` go by community number. Thick lines are strong links, large points frequent
    forms; places come from distances along the tree and say nothing more. The table has every link drawn.
    Raises ValueError for a graph without edges.
    """
    tree = graph.edges[graph.tree]
    weights = graph.weights[graph.tree]
    if not len(tree):
        raise ValueError("There is no link to show")
    kept = _strongest(tree, most)
    tree, weights = tree[kept], weights[kept]
    nodes = np.unique(tree)
    number = {int(node): rank for rank, node in enumerate(nodes)}
    ends = np.vectorize(number.get)(tree).reshape(-1, 2)
    places = _places(ends, nodes.size)
    communities = graph.communities[nodes]
    present = sorted(set(communities.tolist()))
    names = {one: named(one, labels, lambda rank: f"Communauté {rank + 1}") for one in present}
    radius = 4 + 7 * np.sqrt(graph.frequencies[nodes] / graph.frequencies[nodes].max())
    with drawing(9.5, 8.2) as figure:
        axes = figure.add_axes((0.02, 0.11, 0.96, 0.82))
        bare(axes)
        axes.set_xlim(*_room(places[:, 0]))
        axes.set_ylim(*_room(places[:, 1]))
        write(figure, 0.02, 0.97, TITLE, fontsize=13, fontweight="bold", va="center")
        for (one, other), weight in zip(ends, weights, strict=True):
            width = 0.8 + 4.2 * float(weight / weights.max())
            axes.plot(*places[[one, other]].T, color=FAINT, linewidth=width, alpha=0.55, zorder=1)
        for rank, community in enumerate(present):
            here = communities == community
            axes.scatter(
                places[here, 0], places[here, 1], s=(2 * radius[here]) ** 2 / 1.3, marker=MARKERS[rank % len(MARKERS)],
                facecolor=colour(community, colours), edgecolor=INK, linewidth=0.9, zorder=3,
            )  # fmt: skip
        figure.draw_without_rendering()
        order = np.lexsort((np.arange(nodes.size), -graph.frequencies[nodes])).tolist()
        terms = [plain(vocabulary[node]) for node in nodes]
        left_out = place_labels(axes, places, terms, order, sizes=radius.tolist())
        _legend(figure, present, names, colours)
        if left_out:
            note = f"{left_out} étiquettes sans place\u00a0: voir le tableau"
            write(figure, 0.98, 0.03, note, fontsize=8, color=FAINT, ha="right")
        description = (
            f"{nodes.size} formes, {len(tree)} liens, {len(present)} communautés. Les traits épais sont les liens "
            f"forts, les grands points les formes fréquentes. {left_out} étiquettes sans place, toutes dans le tableau."
        )
        if nodes.size - len(tree) > graph.parts:
            description += " Des morceaux séparés peuvent être liés par des formes qui ne sont pas montrées."
        headers = ("Forme", "Autre forme", "Lien", "Communauté", "Autre communauté")
        rows = tuple(
            (
                plain(vocabulary[a]),
                plain(vocabulary[b]),
                round(float(weight), 4),
                names[int(graph.communities[a])],
                names[int(graph.communities[b])],
            )
            for (a, b), weight in zip(tree.tolist(), weights.tolist(), strict=True)
        )
        return finished(figure, TITLE, description, Table(headers, rows))


def _strongest(tree: NDArray[np.int64], most: int) -> NDArray[np.int64]:
    """The heaviest edges, as long as they bring no more forms than asked."""
    seen: set[int] = set()
    kept = []
    for rank, edge in enumerate(tree.tolist()):
        if len(seen | set(edge)) > most:
            continue
        seen |= set(edge)
        kept.append(rank)
    return np.asarray(kept, dtype=np.int64)


def _places(ends: NDArray[np.int64], n: int) -> Array:
    """Places of forms: each part that is linked on its own, the largest first, the others in columns at its right."""
    links = sparse.coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n)).tocsr()
    count, part = connected_components(links, directed=False)
    members = [np.flatnonzero(part == rank) for rank in range(count)]
    members.sort(key=lambda one: (-one.size, int(one[0])))
    places = np.zeros((n, 2))
    left = height = 0.0
    top = width = 0.0
    for rank, one in enumerate(members):
        flat = _part(links[one][:, one])
        if rank:
            flat = flat[:, ::-1]  # stood up: a column is narrow
        low, size = flat.min(axis=0), np.ptp(flat, axis=0)
        if rank == 0:
            height = max(float(size[1]), TALL * float(size[0]))
        elif rank == 1 or top + size[1] > height:
            left, top, width = left + width + APART, 0.0, 0.0
        places[one] = flat - low + (left, top)
        top, width = top + float(size[1]) + APART, max(width, float(size[0]))
    return np.asarray(np.round(places, 4) + 0.0)


def _part(links: sparse.csr_matrix) -> Array:
    """Places whose distances follow the steps along the links: stress majorization (Gansner and others, 2004)."""
    n = links.shape[0]
    steps = shortest_path(links, directed=False, unweighted=True)
    weights = np.where(steps > 0, 1 / np.maximum(steps, 1) ** 2, 0.0)
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.pinv(laplacian)
    angles = np.arange(n) * np.pi * (3 - np.sqrt(5))
    places = np.sqrt(np.arange(n) + 0.5)[:, None] * np.column_stack([np.cos(angles), np.sin(angles)])
    for _ in range(ROUNDS):
        gaps = np.maximum(np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)), 1e-9)
        pull = -weights * steps / gaps
        np.fill_diagonal(pull, 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ pull @ places
    centred = places - places.mean(axis=0)
    _left, _values, turned = np.linalg.svd(centred, full_matrices=False)
    flat = centred @ turned.T  # the long side lies down
    flat *= np.sign(flat[np.abs(flat).argmax(axis=0), [0, 1]])
    return np.asarray(np.round(flat, 4) + 0.0)


def _room(values: Array) -> tuple[float, float]:
    room = 0.1 * max(float(np.ptp(values)), 1.0)
    return float(values.min()) - room, float(values.max()) + room


def _legend(figure: Figure, present: Sequence[int], names: Mapping[int, str], colours: Sequence[str] | None) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D([], [], linestyle="", marker=MARKERS[rank % len(MARKERS)], markersize=9,
               markerfacecolor=colour(community, colours), markeredgecolor=INK, label=f"c{rank}")
        for rank, community in enumerate(present)
    ]  # fmt: skip
    legend = figure.legend(handles=handles, loc="lower left", ncols=5, frameon=False, fontsize=9)
    for text, community in zip(legend.get_texts(), present, strict=True):
        text.set_parse_math(False)
        text.set_text(names[community])
