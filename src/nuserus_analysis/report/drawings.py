"""The pictures of a report, when the extra that draws them is installed; the tables stand without them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from nuserus_analysis.report.figures import class_name
from nuserus_analysis.report.markup import Drawn
from nuserus_analysis.report.study import Study

LABELS = 80  # forms on the plane


@dataclass(frozen=True, slots=True)
class Drawings:
    """Each None when it can't be drawn."""

    tree: Drawn | None = None
    plane: Drawn | None = None
    graph: Drawn | None = None


def can_draw() -> bool:
    """Whether matplotlib is installed; does not load it."""
    return find_spec("matplotlib") is not None


def drawings(study: Study) -> Drawings:
    """The tree (of a simple classification), the plane (from three classes on), the graph (if there is a link)."""
    if not can_draw():
        return Drawings()
    from nuserus_analysis.pictures import dendrogram, similarity_picture  # loads matplotlib

    names = study.tables.vocabulary
    tree = dendrogram(study.tree, study.profile, names) if study.crossed is None else None
    graph = None
    if study.graph.tree.any():
        graph = similarity_picture(study.graph, [names[form] for form in study.graph_forms])
    return Drawings(tree, _plane(study), graph)


def _plane(study: Study) -> Drawn | None:
    if study.plane is None:
        return None
    from nuserus_analysis.pictures import Cloud, factor_plane

    weight = study.plane.row_contributions[:, :2].sum(axis=1)
    kept = np.argsort(-weight, kind="stable")[:LABELS]
    forms = Cloud(
        "mots",
        study.plane.rows[kept],
        [study.tables.vocabulary[study.plane_forms[place]] for place in kept.tolist()],
        weight[kept],
    )
    classes = Cloud("classes", study.plane.columns, [class_name(rank) for rank in range(study.k)], np.ones(study.k))
    return factor_plane([classes, forms], shares=study.plane.shares)
