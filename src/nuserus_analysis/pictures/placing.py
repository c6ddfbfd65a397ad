"""Placing labels beside their points so that they do not lie on one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nuserus_analysis.pictures.canvas import FAINT, INK, short, write

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

Box = tuple[float, float, float, float]

# where a label may stand, from the best on: (x, y) of its nearest edge, in distances from the point
_AROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (-0.8, 0.8), (0.8, -0.8), (-0.8, -0.8))
_RINGS = (1.0, 2.2, 3.6, 5.4)
_PAPER = {"facecolor": "white", "alpha": 0.7, "linewidth": 0, "pad": 0.5}  # behind a label


def place_labels(
    axes: Axes,
    points: NDArray[np.float64],
    labels: Sequence[str],
    order: Sequence[int],
    *,
    sizes: Sequence[float],
) -> int:
    """Write labels beside points, the most important first (`order`); how many found no room.

    `sizes`: radius of each point in points of print; 0 for those that labels may lie on. A label away
    from its point has a thin line to it.
    """
    figure = axes.figure
    frame = axes.get_window_extent()
    spots = axes.transData.transform(points)
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(spots, sizes, strict=True) if r]
    left_out = 0
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    for rank in order:
        x, y = points[rank].tolist()
        text = write(axes, x, y, short(labels[rank]), fontsize=9, color=INK, zorder=5, bbox=_PAPER)
        size = text.get_window_extent(renderer)
        found = _free(spots[rank], sizes[rank] + 2, (size.width, size.height), taken, frame)
        if found is None:
            text.remove()
            left_out += 1
            continue
        box, ring = found
        taken.append(box)
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        x, y = axes.transData.inverted().transform(middle).tolist()
        text.set_position((x, y))
        text.set_horizontalalignment("center")
        text.set_verticalalignment("center")
        if ring:
            near = (min(max(spots[rank][0], box[0]), box[2]), min(max(spots[rank][1], box[1]), box[3]))
            (x0, y0), (x1, y1) = axes.transData.inverted().transform([spots[rank], near])
            axes.plot([x0, x1], [y0, y1], color=FAINT, linewidth=0.6, zorder=2)
    return left_out


def _free(
    spot: NDArray[np.float64], gap: float, size: tuple[float, float], taken: list[Box], frame: Bbox
) -> tuple[Box, int] | None:
    width, height = size
    inside = (frame.x0, frame.y0, frame.x1, frame.y1)
    for ring, far in enumerate(_RINGS):
        for x, y in _AROUND:
            cx = spot[0] + x * (gap * far + width / 2) if x else spot[0]
            cy = spot[1] + y * (gap * far + height / 2) if y else spot[1]
            box = (cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2)
            if box[0] < inside[0] or box[1] < inside[1] or box[2] > inside[2] or box[3] > inside[3]:
                continue
            if not any(_meet(box, other) for other in taken):
                return box, ring
    return None


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
