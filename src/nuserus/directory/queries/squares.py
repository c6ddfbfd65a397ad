"""The square of the world that maps cut into smaller ones: degrees, tiles and the numbers of the spots."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

#: The square has 2**26 steps on a side: 60 centimetres at the equator.
BITS = 26
SIDE = 1 << BITS
DEEPEST = 18  # of a map

_WRITTEN = re.compile(r"^(\d{1,2})-(\d{1,6})-(\d{1,6})$", re.ASCII)


def east_of(longitude: float) -> int:
    """How far east of the date line, in steps."""
    return min(SIDE - 1, max(0, math.floor((longitude + 180) / 360 * SIDE)))


def south_of(latitude: float) -> int:
    """How far south of the northern edge, in steps."""
    angle = math.radians(max(-85.0, min(85.0, latitude)))
    return min(SIDE - 1, max(0, math.floor((0.5 - math.asinh(math.tan(angle)) / (2 * math.pi)) * SIDE)))


def longitude_at(east: float) -> float:
    """Degrees, five decimals: about a metre."""
    return round(east / SIDE * 360 - 180, 5)


def latitude_at(south: float) -> float:
    """Degrees, five decimals: about a metre."""
    return round(math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * south / SIDE)))), 5)


@dataclass(frozen=True, slots=True)
class Square:
    """One square of the map at a level, as in addresses: "11-1049-732"."""

    level: int
    column: int
    row: int

    def __str__(self) -> str:
        return f"{self.level}-{self.column}-{self.row}"

    def box(self, around: int = 0) -> Box:
        """What it covers, with `around` squares more on each side."""
        shift = BITS - self.level
        most = SIDE - 1
        return Box(
            max(0, (self.column - around) << shift),
            max(0, (self.row - around) << shift),
            min(most, ((self.column + 1 + around) << shift) - 1),
            min(most, ((self.row + 1 + around) << shift) - 1),
        )


@dataclass(frozen=True, slots=True)
class Box:
    """From the north-west to the south-east, both included, in steps."""

    west: int
    north: int
    east: int
    south: int


FRANCE = Box(0, 0, SIDE - 1, SIDE - 1)


def square_written(text: str) -> Square | None:
    """The square of an address; None when it is none."""
    found = _WRITTEN.match(text)
    if found is None:
        return None
    level, column, row = map(int, found.groups())
    if level > BITS - 4 or max(column, row) >= 1 << level:
        return None
    return Square(level, column, row)


def box_written(text: str) -> Box | None:
    """A box of degrees as west,south,east,north; None when it is none."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        return None
    return Box(east_of(west), south_of(north), east_of(east), south_of(south))
