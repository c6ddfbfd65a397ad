"""How shares, means or counts go from one period to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from nuserus_analysis.pictures.canvas import (
    DASHES,
    MARKERS,
    RULE,
    Picture,
    Table,
    colour,
    drawing,
    finished,
    french,
    plain,
    short,
    tick,
    write,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_TICKS = 12
DODGE = 0.06  # of a period, between series with intervals


def timeline(
    periods: Sequence[str],
    series: Mapping[str, Sequence[float | None]],
    *,
    bounds: Mapping[str, Sequence[tuple[float, float] | None]] | None = None,
    colours: Sequence[str] | None = None,
    title: str | None = None,
) -> Picture:
    """One line per series over periods in their order; a period without a value breaks the line.

    `bounds`: intervals to draw around values. The title should say the unit. Raises
    ValueError when a series has not one value per period, or no series has any.
    """
    if not periods or any(len(values) != len(periods) for values in series.values()):
        raise ValueError("Each series needs one value per period (None where there is none)")
    if not any(value is not None for values in series.values() for value in values):
        raise ValueError("There is no value to show")
    names = [plain(name) for name in series]
    shown = title or "Évolution"
    limits = {name: list((bounds or {}).get(name) or [None] * len(periods)) for name in series}
    with drawing(9.5, 5.2) as figure:
        longest = max(len(short(name)) for name in names)
        axes = figure.add_axes((0.09, 0.13, 0.83 - min(0.0085 * longest, 0.5), 0.74))
        write(figure, 0.02, 0.945, shown, fontsize=13, fontweight="bold", va="center")
        _frame(axes, periods)
        ends = []
        for rank, (name, values) in enumerate(series.items()):
            known = np.array([np.nan if value is None else value for value in values], dtype=float)
            hue = colour(rank, colours)
            at: NDArray[np.float64] = np.arange(known.size, dtype=float) + (rank - (len(series) - 1) / 2) * (
                DODGE if bounds else 0
            )
            for place, interval in enumerate(limits[name]):
                if interval is not None:
                    axes.plot(np.repeat(at[place], 2), interval, color=hue, linewidth=1.1, marker="_", zorder=2)
            axes.plot(
                at, known, color=hue, linewidth=1.8, linestyle=DASHES[rank % len(DASHES)], zorder=3,
                marker=MARKERS[rank % len(MARKERS)], markersize=6, markeredgecolor="white", markeredgewidth=0.6,
            )  # fmt: skip
            told = np.flatnonzero(~np.isnan(known))
            if told.size:
                ends.append((float(known[told[-1]]), names[rank], hue, float(at[told[-1]])))
        axes.margins(y=0.08)
        figure.draw_without_rendering()
        _names(axes, ends, len(periods))
        described = " ".join(
            f"{name}\u00a0: de {french(given[0], 2)} à {french(given[-1], 2)}."
            for name, values in zip(names, series.values(), strict=True)
            if (given := [float(value) for value in values if value is not None])
        )
        rows = tuple(
            (
                plain(period),
                name,
                "" if values[place] is None else float(values[place]),  # type: ignore[arg-type]
                *(interval if (interval := limits[key][place]) is not None else ("", "")),
            )
            for (key, values), name in zip(series.items(), names, strict=True)
            for place, period in enumerate(periods)
        )
        headers = ("Période", "Série", "Valeur", "Borne basse", "Borne haute")
        return finished(figure, shown, f"{len(periods)} périodes. {described}", Table(headers, rows))


def _frame(axes: Axes, periods: Sequence[str]) -> None:
    step = -(-len(periods) // MOST_TICKS)
    ticks = list(range(0, len(periods), step))
    axes.set_xlim(-0.3, len(periods) - 0.7)
    axes.set_xticks(ticks, [plain(periods[tick]) for tick in ticks], parse_math=False)
    axes.yaxis.set_major_formatter(tick)
    axes.grid(axis="y", color=RULE, linewidth=0.7)
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0, labelsize=9, labelcolor="#1c1c1c")


def _names(axes: Axes, ends: list[tuple[float, str, str, float]], periods: int) -> None:
    """The name of each line at its end, moved apart where they would touch, with a line to the end."""
    inverse = axes.transData.inverted()
    heights = [float(axes.transData.transform((0, value))[1]) for value, *_rest in ends]
    order = sorted(range(len(ends)), key=lambda rank: (heights[rank], rank))
    placed: list[float] = []
    for rank in order:
        placed.append(max(heights[rank], placed[-1] + 15) if placed else heights[rank])
    frame = axes.get_window_extent()
    over = max(placed[-1] - frame.y1, 0) if placed else 0
    for rank, height in zip(order, placed, strict=True):
        value, name, hue, last = ends[rank]
        y = float(inverse.transform((0, height - over))[1])
        right = periods - 0.7
        axes.plot([last + 0.05, right + 0.15], [value, y], color=hue, linewidth=0.7, clip_on=False, zorder=1)
        write(axes, right + 0.2, y, short(name), fontsize=9, va="center", clip_on=False)
