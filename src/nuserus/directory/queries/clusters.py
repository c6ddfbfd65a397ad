"""What a map draws: spots gathered in the cells of a grid that follows its zoom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet, Sum

from nuserus.directory.models import Spot, Town
from nuserus.directory.queries.finding import Wanted, spots_matching
from nuserus.directory.queries.squares import BITS, DEEPEST, Box, Square, latitude_at, longitude_at

#: A cell is a quarter of a tile on a side: 64 pixels.
FINER = 2
#: No screen shows more cells than this; who asks for more gets the fullest ones.
MOST = 1_500


#: From this zoom on, what is shown is mostly few enough to be read as it is.
_CLOSE = 11
_FEW = 400


class Alone(NamedTuple):
    """What has a cell for itself."""

    pk: UUID
    kind: str
    name: str


class _Row(NamedTuple):
    pk: UUID
    kind: str
    name: str
    east: int
    south: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """What stands in one cell: how many, around which point; alone, it has a name."""

    square: Square
    count: int
    latitude: float
    longitude: float
    alone: Alone | None = None


def clusters(wanted: Wanted, *, box: Box, zoom: int) -> list[Cluster]:
    """The cells of the box that hold something, the fullest first."""
    level = min(DEEPEST, max(0, zoom)) + FINER
    found = spots_matching(replace(wanted, box=box)).order_by()
    if zoom >= _CLOSE:
        # one statement then, names with the points, instead of two
        points = found.values_list("id", "kind", "name", "east", "south")[: _FEW + 1]
        rows = [_Row(pk, kind, name, east or 0, south or 0) for pk, kind, name, east, south in points]
        if len(rows) <= _FEW:
            return _gathered(rows, level)
    cells = _cells(found, BITS - level)
    numbers = [cell["one"] for cell in cells if cell["count"] == 1]
    named = Spot.objects.filter(number__in=numbers).values_list("number", "id", "kind", "name")
    alone = {number: Alone(pk, kind, name) for number, pk, kind, name in named}
    return [
        _cluster(
            Square(level, cell["column"], cell["row"]),
            cell["count"],
            cell["along"],
            cell["down"],
            alone.get(cell["one"]) if cell["count"] == 1 else None,
        )
        for cell in cells
    ]


def _gathered(rows: list[_Row], level: int) -> list[Cluster]:
    shift = BITS - level
    cells: dict[tuple[int, int], list[_Row]] = {}
    for row in rows:
        cells.setdefault((row.east >> shift, row.south >> shift), []).append(row)
    made = [
        _cluster(
            Square(level, column, down),
            len(inside),
            sum(row.east for row in inside),
            sum(row.south for row in inside),
            Alone(inside[0].pk, inside[0].kind, inside[0].name) if len(inside) == 1 else None,
        )
        for (column, down), inside in cells.items()
    ]
    return sorted(made, key=lambda cluster: -cluster.count)


def _cluster(square: Square, count: int, along: int, down: int, alone: Alone | None) -> Cluster:
    return Cluster(square, count, latitude_at(down / count), longitude_at(along / count), alone)


def _cells(spots: QuerySet[Spot], shift: int) -> list[Any]:
    """How many in each cell, the sums of their steps, and the number of one of them."""
    grouped = (
        spots.annotate(column=F("east").bitrightshift(shift), row=F("south").bitrightshift(shift))
        .values("column", "row")
        .annotate(count=Count("*"), along=Sum("east"), down=Sum("south"), one=Max("number"))
        .order_by("-count")
    )
    return list(grouped[:MOST])


@dataclass(frozen=True, slots=True)
class Nearby:
    """What stands in and around a square, for a device that sorts it by itself; None when there is too much."""

    count: int
    spots: list[Spot] | None


#: As many as a device is sent at once, with their names.
MOST_NEARBY = 1_200
#: The smallest square that is ever asked for: some three kilometres on a side in France.
FINEST = 13
#: The largest: some thirteen kilometres.
COARSEST = 11


def around(wanted: Wanted, square: Square) -> Nearby:
    """Everything in a square and its eight neighbours, with its point."""
    found = spots_matching(replace(wanted, box=square.box(around=1))).order_by()
    spots = list(found.only("kind", "name", "east", "south")[: MOST_NEARBY + 1])
    if len(spots) <= MOST_NEARBY:
        return Nearby(len(spots), spots)
    return Nearby(found.count(), None if square.level < FINEST else spots[:MOST_NEARBY])


def towns_to_name(box: Box, most: int = 14) -> list[Town]:
    """The largest towns of a box, for a map that nothing else names."""
    north, south = latitude_at(box.north), latitude_at(box.south)
    west, east = longitude_at(box.west), longitude_at(box.east)
    inside = Town.objects.filter(latitude__range=(south, north), longitude__range=(west, east))
    return list(inside.order_by("-population").only("name", "latitude", "longitude", "population")[:most])
