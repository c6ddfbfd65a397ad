"""The map as one picture that the server draws: for paper, and for browsers without programs."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.directory.queries.clusters import Cluster, clusters
from nuserus.directory.queries.finding import Wanted
from nuserus.directory.queries.squares import BITS, FRANCE, Box, east_of, south_of

#: The outline of the front end counts in a square of 2**20 on a side.
_COARSER = BITS - 20
_ZOOM = 6
_MARGIN = 0.15  # degrees


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the country that gets a frame of its own; degrees: west, south, east, north."""

    key: str
    label: str | Promise
    degrees: tuple[float, float, float, float]
    code: str = ""

    @property
    def box(self) -> Box:
        west, south, east, north = self.degrees
        return Box(east_of(west), south_of(north), east_of(east), south_of(south))


AREAS = (
    Area("metropole", _("France métropolitaine"), (-5.6, 41.2, 9.9, 51.3)),
    Area("guadeloupe", _("Guadeloupe"), (-61.95, 15.75, -60.9, 16.6), "971"),
    Area("martinique", _("Martinique"), (-61.4, 14.3, -60.65, 15.0), "972"),
    Area("guyane", _("Guyane"), (-55.0, 1.9, -51.2, 6.1), "973"),
    Area("reunion", _("La Réunion"), (55.0, -21.55, 56.05, -20.7), "974"),
    Area("mayotte", _("Mayotte"), (44.9, -13.15, 45.45, -12.5), "976"),
)


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle of the picture, in the steps of the outline."""

    x: int
    y: int
    radius: float
    count: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One area, ready to be drawn: its `view_box`, how wide its `line` is, and its circles, the smallest last."""

    area: Area
    view_box: str
    line: float
    count: int
    dots: list[Dot]


@dataclass(frozen=True, slots=True)
class Picture:
    """All areas with what is wanted there, and where the map had better begin: "west,south,east,north" or nothing."""

    frames: list[Frame]
    bounds: str


def picture(wanted: Wanted) -> Picture:
    """The whole picture, of one query."""
    cells = clusters(wanted, box=wanted.box or FRANCE, zoom=_ZOOM)
    return Picture([_frame(area, cells) for area in AREAS], _bounds(cells) if wanted != Wanted() else "")


def _bounds(cells: list[Cluster]) -> str:
    """Around the mainland part of what was found, if there is one; else around everything."""
    inside = [cell for cell in cells if _is_in(AREAS[0].box, cell)] or cells
    if not inside:
        return ""
    west, east = min(cell.longitude for cell in inside), max(cell.longitude for cell in inside)
    south, north = min(cell.latitude for cell in inside), max(cell.latitude for cell in inside)
    return f"{west - _MARGIN:.3f},{south - _MARGIN:.3f},{east + _MARGIN:.3f},{north + _MARGIN:.3f}"


def _is_in(box: Box, cell: Cluster) -> bool:
    east, south = east_of(cell.longitude), south_of(cell.latitude)
    return box.west <= east <= box.east and box.north <= south <= box.south


def _frame(area: Area, cells: list[Cluster]) -> Frame:
    box = area.box
    x, y = box.west >> _COARSER, box.north >> _COARSER
    width, height = (box.east - box.west) >> _COARSER, (box.south - box.north) >> _COARSER
    # a frame beside the main one is some four times smaller on the page
    scale = max(width, height) * (1.0 if area is AREAS[0] else 4.0)
    dots = []
    count = 0
    for cell in cells:
        if _is_in(box, cell):
            size = 0.006 + 0.011 * min(1.0, math.log10(cell.count) / 3.5)
            count += cell.count
            at = east_of(cell.longitude) >> _COARSER, south_of(cell.latitude) >> _COARSER
            dots.append(Dot(*at, round(scale * size, 1), cell.count))
    return Frame(area, f"{x} {y} {width} {height}", round(scale / 600, 1), count, dots)
