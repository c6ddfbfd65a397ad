"""The tree of a descending classification: shares of the classes, and what each over- and under-uses."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nuserus_analysis.pictures.canvas import (
    FAINT,
    INK,
    Picture,
    Table,
    bare,
    colour,
    drawing,
    finished,
    hatch,
    named,
    percent,
    plain,
    short,
    write,
)
from nuserus_analysis.reinert import Classification, Profile

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE = "Classification descendante hiérarchique"
WIDTH = 11.0
ROW = 1.15  # inches
LINE = 78  # signs of a line of terms
LINES = 2  # lines of terms of each sign
STEP = 0.165  # of a row, between lines


def dendrogram(
    classification: Classification,
    profile: Profile,
    vocabulary: Sequence[str],
    *,
    labels: Sequence[str] | None = None,
    colours: Sequence[str] | None = None,
) -> Picture:
    """The divisions from left to right, a class per line.

    `labels` and `colours` go by class number. The table has every term shown, with its χ² of presence in
    segments and how many segments of the class hold it. Raises ValueError when the profile is not of
    these classes.
    """
    k = classification.k
    if profile.by_segments.shape != (len(vocabulary), k):
        raise ValueError("The profile must have one row per form of the vocabulary and one column per class")
    names = [named(rank, labels, lambda one: f"Classe {one + 1}") for rank in range(k)]
    sizes = classification.sizes
    shares = [size / sum(sizes) for size in sizes]
    order, joints = _layout(classification)
    rows: list[tuple[str | int | float, ...]] = []

    def strongest(rank: int, *, negative: bool) -> list[int]:
        return [int(term) for term in profile.top(rank, most=30, negative=negative)]

    with drawing(WIDTH, 1.0 + ROW * k) as figure:
        top, bottom = 1 - 0.6 / (1.0 + ROW * k), 0.25 / (1.0 + ROW * k)
        tree = figure.add_axes((0.015, bottom, 0.17, top - bottom))
        bars = figure.add_axes((0.19, bottom, 0.2, top - bottom))
        words = figure.add_axes((0.4, bottom, 0.59, top - bottom))
        for axes in (tree, bars, words):
            axes.set_ylim(k - 0.5, -0.5)
            bare(axes)
        write(figure, 0.015, 1 - 0.32 / (1.0 + ROW * k), TITLE, fontsize=13, fontweight="bold", va="center")
        _tree(tree, joints, len(classification.divisions))
        bars.set_xlim(0, max(shares) * 1.05)
        words.set_xlim(0, 1)
        for line, rank in enumerate(order):
            bars.barh(
                line - 0.05, shares[rank], height=0.3, color=colour(rank, colours), edgecolor=INK, hatch=hatch(rank)
            )
            write(bars, 0, line - 0.36, short(names[rank], 95), fontweight="bold", va="center")
            write(
                bars,
                0,
                line + 0.24,
                f"{percent(shares[rank])} des segments classés (n\u00a0=\u00a0{sizes[rank]})",
                fontsize=8,
                color=FAINT,
                va="center",
            )
            for negative, sign, y in ((False, "+", -0.17), (True, "−", 0.19)):
                terms = _terms(words, line + y, strongest(rank, negative=negative), vocabulary, negative=negative)
                rows += [
                    (
                        names[rank],
                        sizes[rank],
                        round(100 * shares[rank], 2),
                        sign,
                        plain(vocabulary[term]),
                        round(float(profile.by_segments[term, rank]), 2),
                        int(profile.frequencies[term, rank]),
                    )
                    for term in terms
                ]
        described = "\u00a0; ".join(
            f"{names[rank]}\u00a0: {percent(shares[rank])} des segments classés" for rank in order
        )
        description = (
            f"{k} classes, dans l’ordre de l’arbre. {described}. De gauche à droite, l’ordre des divisions\u00a0; la "
            "longueur des branches n’est pas une distance. + formes sur-employées, − formes sous-employées."
        )
        headers = ("Classe", "Segments", "Part (%)", "Signe", "Forme", "χ²", "Segments de la classe avec la forme")
        return finished(figure, TITLE, description, Table(headers, tuple(rows)))


def _layout(found: Classification) -> tuple[list[int], list[tuple[float, float, float, tuple[float, float]]]]:
    """Classes in the order of the tree; joints as (x, y of first, y of second, x of the children)."""
    by_parent = {division.parent: (rank, division.children) for rank, division in enumerate(found.divisions)}
    number = {node: rank for rank, node in enumerate(found.terminal)}
    order: list[int] = []
    joints: list[tuple[float, float, float, tuple[float, float]]] = []
    last = float(len(found.divisions))

    def visit(node: int) -> tuple[float, float] | None:
        """(x, y) of a node, None if no class comes from it."""
        if node in number:
            order.append(number[node])
            return last, float(len(order) - 1)
        if node not in by_parent:
            return None
        rank, children = by_parent[node]
        ends = [place for child in children if (place := visit(child)) is not None]
        if len(ends) < 2:
            return ends[0] if ends else None
        (x1, y1), (x2, y2) = ends
        joints.append((float(rank), y1, y2, (x1, x2)))
        return float(rank), (y1 + y2) / 2

    visit(0)
    return order, joints


def _tree(axes: Axes, joints: list[tuple[float, float, float, tuple[float, float]]], last: int) -> None:
    axes.set_xlim(-0.6, max(last, 1) + 0.1)
    for x, y1, y2, (x1, x2) in joints:
        axes.plot([x1, x, x, x2], [y1, y1, y2, y2], color=INK, linewidth=1.6, solid_joinstyle="miter")
        if x == 0:
            axes.plot([-0.4, 0], [(y1 + y2) / 2] * 2, color=INK, linewidth=1.6)


def _terms(axes: Axes, y: float, strongest: Sequence[int], vocabulary: Sequence[str], *, negative: bool) -> list[int]:
    """Write as many terms as two lines hold, strongest first; which they are."""
    kept: list[int] = []
    lines: list[str] = []
    for term in strongest:
        words = ", ".join(plain(vocabulary[one]).replace(" ", "\u00a0") for one in (*kept, term))
        wrapped = textwrap.wrap(words, LINE, break_on_hyphens=False) or [""]
        if len(wrapped) > LINES:
            break
        kept.append(term)
        lines = wrapped
    write(axes, 0, y, "−" if negative else "+", fontweight="bold", va="center")
    style, ink = ("italic", FAINT) if negative else ("normal", INK)
    for below, line in enumerate(lines or ["—"]):
        write(axes, 0.03, y + STEP * below, line, fontsize=9, va="center", style=style, color=ink)
    return kept
