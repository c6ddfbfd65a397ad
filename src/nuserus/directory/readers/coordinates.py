"""From what a register says of a point to degrees (WGS 84).

A pair is not trusted for the name it carries: what is in degrees and what is in metres, which of
the two numbers comes first, is seen from their range, and the department says whether the point
may be there. A pair that can be nowhere is refused with a sentence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from pyproj import Transformer

from nuserus.directory.enums import Precision
from nuserus.directory.readers.records import Point
from nuserus.directory.readers.territory import holds

LAMBERT_93: Final = 2154
_ANTILLES: Final = 5490
_GUYANE: Final = 2972
_REUNION: Final = 2975
_MAYOTTE: Final = 4471
_SAINT_PIERRE: Final = 4467
_WALLIS: Final = 32701
SYSTEMS: Final = frozenset({LAMBERT_93, _ANTILLES, _GUYANE, _REUNION, _MAYOTTE, _SAINT_PIERRE, _WALLIS})

_BY_DEPARTMENT: Final = {
    "971": _ANTILLES,
    "972": _ANTILLES,
    "973": _GUYANE,
    "974": _REUNION,
    "975": _SAINT_PIERRE,
    "976": _MAYOTTE,
    "986": _WALLIS,
}
# the year-by-year names of the same systems, told by what they have in common: zone and hemisphere
_BY_ZONE: Final = {
    ("20", "N"): _ANTILLES,
    ("21", "N"): _SAINT_PIERRE,
    ("22", "N"): _GUYANE,
    ("40", "S"): _REUNION,
    ("38", "S"): _MAYOTTE,
    ("1", "S"): _WALLIS,
}
_EPSG: Final = re.compile(r"EPSG\s*:?\s*(\d{4,5})", re.IGNORECASE)
_LAMBERT: Final = re.compile(r"LAMBERT[\s_-]*93|\bL93", re.IGNORECASE)
_ZONE: Final = re.compile(
    r"UTM[\s_-]*(?:ZONE[\s_-]*)?(?:([NS])[\s_-]*0?(\d{1,2})|0?(\d{1,2})[\s_-]*([NS]))", re.IGNORECASE
)
# geocoders that only know towns: every place of a town gets the same point
_TOWN_GEOCODERS: Final = ("ADMIN-EXPRESS", "ADMIN_EXPRESS", "MAPS")
_DECIMALS: Final = 6
_NUMBER: Final = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,2})?")


class ImpossiblePoint(ValueError):
    """A pair that can be nowhere in the country. `sentence` says why, for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Position(NamedTuple):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Given:
    """A pair as a register writes it: two numbers, the system they are in (None: unsaid), the department."""

    x: str
    y: str
    system: int | None = None
    department: str = ""


def system_named(source: str) -> int | None:
    """The EPSG code of the system that FINESS names in `source`; None when it names none that is known.

    Three ways of writing follow each other: "…,LAMBERT_93" and "…,UTM_N20", "…,L93_METROPOLE",
    "…,EPSG:5490 RGAF09/UTM Zone 20N (Antilles)".
    """
    numbered = _EPSG.search(source)
    if numbered and int(numbered[1]) in SYSTEMS:
        return int(numbered[1])
    if _LAMBERT.search(source):
        return LAMBERT_93
    zone = _ZONE.search(source)
    if zone:
        return _BY_ZONE.get((zone[2] or zone[3], (zone[1] or zone[4]).upper()))
    return None


def precision_named(source: str) -> Precision:
    """How precise FINESS says a point is: "1,ATLASANTE,96,BAN,…" is at the door.

    A point without a score comes from a list of towns.
    """
    parts = [part.strip() for part in source.split(",")]
    score = parts[2] if len(parts) > 2 else ""
    geocoder = parts[3].upper() if len(parts) > 3 else ""
    if not score.isdigit() or geocoder.startswith(_TOWN_GEOCODERS):
        return Precision.TOWN
    return Precision.DOOR if parts[0] == "1" else Precision.STREET


def number(text: str) -> float | None:
    """A decimal number, with a point or a comma; None when there is nothing.

    Raises `ImpossiblePoint` for what is no number.
    """
    kept = text
    if not _NUMBER.fullmatch(kept):
        kept = text.strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if not kept:
        return None
    if not _NUMBER.fullmatch(kept):
        raise ImpossiblePoint(_("Les coordonnées ne sont pas des nombres."))
    value = float(kept.replace(",", "."))
    if not math.isfinite(value):
        raise ImpossiblePoint(_("Les coordonnées ne sont pas des nombres."))
    return value


def position(given: Given) -> Position | None:
    """Where a pair is; None when the register gives none. Raises `ImpossiblePoint`."""
    pair = _pair(given)
    return None if pair is None else _place(*pair, given)


def chosen(pairs: Sequence[Given]) -> Position | None:
    """The point told by several pairs, one of them in degrees, another in metres, in any order.

    Degrees are preferred: they need no conversion. Raises `ImpossiblePoint` when no pair is believable.
    """
    refused: ImpossiblePoint | None = None
    told: list[tuple[float, float, Given]] = []
    for given in pairs:
        try:
            pair = _pair(given)
        except ImpossiblePoint as error:
            refused = error
            continue
        if pair is not None:
            told.append((*pair, given))
    for x, y, given in sorted(told, key=lambda one: not _in_degrees(one[0], one[1])):
        try:
            return _place(x, y, given)
        except ImpossiblePoint as error:
            refused = error
    if refused is not None:
        raise refused
    return None


def positions(given: Sequence[Given]) -> list[Position | ImpossiblePoint | None]:
    """As `position` for each, converting all those of one system at once."""
    found: list[Position | ImpossiblePoint | None] = [None] * len(given)
    waiting: dict[int, list[tuple[int, float, float]]] = {}
    for index, one in enumerate(given):
        try:
            pair = _pair(one)
            if pair is None:
                continue
            system = one.system or _BY_DEPARTMENT.get(one.department, LAMBERT_93)
            if _in_degrees(*pair):
                found[index] = _place(*pair, one)
            else:
                waiting.setdefault(system, []).append((index, *pair))
        except ImpossiblePoint as error:
            found[index] = error
    for system, rows in waiting.items():
        longitudes, latitudes = _transformer(system).transform([row[1] for row in rows], [row[2] for row in rows])
        for (index, x, y), longitude, latitude in zip(rows, longitudes, latitudes, strict=True):
            if holds(given[index].department, latitude, longitude):
                found[index] = _rounded(latitude, longitude)
                continue
            try:
                found[index] = _place(x, y, given[index])
            except ImpossiblePoint as error:
                found[index] = error
    return found


def point(where: Position | None, precision: Precision) -> Point | None:
    """A position as the records carry it."""
    if where is None:
        return None
    return Point(latitude=where.latitude, longitude=where.longitude, precision=precision)


def _pair(given: Given) -> tuple[float, float] | None:
    x, y = number(given.x), number(given.y)
    if x is None and y is None:
        return None
    if x is None or y is None:
        raise ImpossiblePoint(_("Il manque une des deux coordonnées."))
    if x == 0 and y == 0:
        raise ImpossiblePoint(_("Les coordonnées sont à zéro."))
    return x, y


def _in_degrees(x: float, y: float) -> bool:
    return abs(x) <= 180 and abs(y) <= 180


def _place(x: float, y: float, given: Given) -> Position:
    if _in_degrees(x, y):
        tried = [(y, x), (x, y)]
    else:
        system = given.system or _BY_DEPARTMENT.get(given.department, LAMBERT_93)
        tried = [_degrees(x, y, system), _degrees(y, x, system)]
    for latitude, longitude in tried:
        if abs(latitude) <= 90 and holds(given.department, latitude, longitude):
            return _rounded(latitude, longitude)
    if given.department:
        raise ImpossiblePoint(
            _("Les coordonnées sont hors du département %(department)s.") % {"department": given.department}
        )
    raise ImpossiblePoint(_("Les coordonnées sont hors du pays."))


def _degrees(x: float, y: float, system: int) -> tuple[float, float]:
    longitude, latitude = _transformer(system).transform(x, y)
    return latitude, longitude


def _rounded(latitude: float, longitude: float) -> Position:
    return Position(round(float(latitude), _DECIMALS), round(float(longitude), _DECIMALS))


@cache
def _transformer(system: int) -> Transformer:
    return Transformer.from_crs(system, 4326, always_xy=True)
