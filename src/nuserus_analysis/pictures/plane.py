"""A plane of two axes: rows, columns, categories, classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nuserus_analysis.pictures.canvas import (
    FAINT,
    INK,
    MARKERS,
    RULE,
    Picture,
    Table,
    colour,
    drawing,
    finished,
    percent,
    plain,
    tick,
    write,
)
from nuserus_analysis.pictures.placing import place_labels

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Array = NDArray[np.float64]

RADIUS = 4.0


@dataclass(frozen=True)
class Cloud:
    """Points of one kind (forms, parts, categories), their coordinates and their labels.

    `strengths` says which labels come first where room is short (contributions, frequencies); without it
    those far from the centre do. Labels of a `quiet` cloud are not written: individuals.
    """

    name: str
    coordinates: ArrayLike
    labels: Sequence[str]
    strengths: ArrayLike | None = None
    quiet: bool = False


def factor_plane(
    clouds: Sequence[Cloud],
    *,
    axes: tuple[int, int] = (0, 1),
    shares: ArrayLike | None = None,
    colours: Sequence[str] | None = None,
    title: str | None = None,
) -> Picture:
    """Clouds on two axes (numbered from 0) at one scale; `shares`: part of the inertia of each axis.

    Where labels would lie on one another the weaker ones are left out and counted; the table has them
    all. Raises ValueError for no point, a missing axis, or labels that do not match the points.
    """
    tables = [np.asarray(cloud.coordinates, dtype=float) for cloud in clouds]
    if not tables or any(table.ndim != 2 or table.shape[1] <= max(axes) for table in tables):
        raise ValueError("Each cloud needs a coordinate on both axes")
    if any(len(cloud.labels) != len(table) for cloud, table in zip(clouds, tables, strict=True)):
        raise ValueError("Each point needs a label")
    places = [table[:, axes] for table in tables]
    everything = np.vstack(places)
    if not len(everything):
        raise ValueError("There is no point to show")
    shown = title or f"Plan factoriel {axes[0] + 1} × {axes[1] + 1}"
    with drawing(9.0, 7.6) as figure:
        plane = figure.add_axes((0.08, 0.13, 0.9, 0.79))
        _frame(plane, everything)
        write(figure, 0.02, 0.965, shown, fontsize=13, fontweight="bold", va="center")
        for side, number in zip("xy", axes, strict=True):
            part = "" if shares is None else f" ({percent(float(np.asarray(shares)[number]))} de l’inertie)"
            getattr(plane, f"set_{side}label")(f"Axe {number + 1}{part}")
        for rank, (cloud, points) in enumerate(zip(clouds, places, strict=True)):
            plane.scatter(
                points[:, 0],
                points[:, 1],
                s=RADIUS**2 * (0.5 if cloud.quiet else 2),
                marker=MARKERS[rank % len(MARKERS)],
                facecolor=colour(rank, colours) if rank % 2 == 0 else "white",
                edgecolor=colour(rank, colours),
                linewidth=1.2,
                label=plain(cloud.name).replace("$", r"\$"),
                zorder=2 if cloud.quiet else 3,
            )
        figure.draw_without_rendering()  # so that places are known
        left_out = _labels(plane, clouds, places)
        legend = plane.legend(loc="upper left", bbox_to_anchor=(0, -0.08), ncols=4, frameon=False, fontsize=9)
        for text, cloud in zip(legend.get_texts(), clouds, strict=True):
            text.set_parse_math(False)
            text.set_text(plain(cloud.name))
        if left_out:
            note = f"{left_out} étiquettes sans place\u00a0: voir le tableau"
            write(figure, 0.98, 0.03, note, fontsize=8, color=FAINT, ha="right")
        described = ", ".join(
            f"{len(points)} {plain(cloud.name)}" for cloud, points in zip(clouds, places, strict=True)
        )
        description = f"{described}. Toutes les coordonnées sont dans le tableau. {left_out} étiquettes sans place."
        rows = tuple(
            (plain(cloud.name), plain(label), round(float(x), 4), round(float(y), 4))
            for cloud, points in zip(clouds, places, strict=True)
            for label, (x, y) in zip(cloud.labels, points, strict=True)
        )
        headers = ("Nuage", "Point", f"Axe {axes[0] + 1}", f"Axe {axes[1] + 1}")
        return finished(figure, shown, description, Table(headers, rows))


def _frame(plane: Axes, everything: Array) -> None:
    """One scale on both axes, room around, lines through the centre."""
    low, high = everything.min(axis=0), everything.max(axis=0)
    low, high = np.minimum(low, 0), np.maximum(high, 0)
    box = plane.get_window_extent()
    unit = 1.24 * max(float(((high - low) / (box.width, box.height)).max()), 1e-9)  # of the axes in one point of print
    middle, half = (low + high) / 2, unit * np.array([box.width, box.height]) / 2
    plane.set_xlim(middle[0] - half[0], middle[0] + half[0])
    plane.set_ylim(middle[1] - half[1], middle[1] + half[1])
    for axis in (plane.xaxis, plane.yaxis):
        axis.set_major_formatter(tick)
    plane.axhline(0, color=RULE, linewidth=1, zorder=1)
    plane.axvline(0, color=RULE, linewidth=1, zorder=1)
    plane.tick_params(labelsize=8, labelcolor=INK)
    for side in ("top", "right"):
        plane.spines[side].set_visible(False)


def _labels(plane: Axes, clouds: Sequence[Cloud], places: Sequence[Array]) -> int:
    labels = [label for cloud in clouds for label in cloud.labels]
    everything = np.vstack(places)
    strengths = np.concatenate(
        [
            np.full(len(points), np.nan)
            if cloud.quiet
            else np.hypot(*points.T)
            if cloud.strengths is None
            else np.asarray(cloud.strengths, dtype=float)
            for cloud, points in zip(clouds, places, strict=True)
        ]
    )
    ranks = np.concatenate([_ranked(one) for one in np.split(strengths, np.cumsum([len(p) for p in places])[:-1])])
    order = [int(rank) for rank in np.lexsort((np.arange(ranks.size), ranks)) if not np.isnan(strengths[rank])]
    sizes = np.where(np.isnan(strengths), 0.0, RADIUS).tolist()
    return place_labels(plane, everything, labels, order, sizes=sizes)


def _ranked(strengths: Array) -> Array:
    """Place of each in its cloud, from 0 for the strongest."""
    order = np.empty(strengths.size)
    order[np.argsort(-strengths, kind="stable")] = np.arange(strengths.size)
    return order
