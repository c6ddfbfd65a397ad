"""What every reader gives: one record an object of the register, and what could not be read.

A record holds words and numbers already cleaned: trimmed, Unicode NFC, coordinates in degrees
(WGS 84) or none. A field that the register does not give is empty, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from nuserus.directory.enums import LegalStatus, Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where something is: degrees, WGS 84, and how precisely."""

    latitude: float
    longitude: float
    precision: Precision


@dataclass(frozen=True, slots=True, kw_only=True)
class InstitutionRecord:
    """An institution of FINESS. `line` is the line, or the rank in a list, that it was read at (from 1).

    `department` is the code of the directory ("05", "2A", "974"); `commune` the INSEE code, five
    characters. A private home arrives here without street, telephone nor precise point.
    """

    line: int
    finess: str
    name: str
    category: str
    category_label: str
    department: str
    commune: str
    town_name: str
    operator_finess: str = ""
    operator_name: str = ""
    operator_status: LegalStatus | None = None
    long_name: str = ""
    siret: str = ""
    activity: str = ""
    funding: str = ""
    street: str = ""
    post_code: str = ""
    phone: str = ""
    email: str = ""
    point: Point | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    # all that the file says of it as it is written there, where one line holds it
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameRecord:
    """An institution of which the file says the very words of last time; they were not read further."""

    line: int
    finess: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationRecord:
    """The point of an institution, in a file that gives the points apart."""

    line: int
    finess: str
    point: Point


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A place where a person finds help. The lists hold the codes of the register."""

    line: int
    source_id: str
    name: str
    town_name: str
    commune: str = ""
    department: str = ""
    description: str = ""
    siret: str = ""
    street: str = ""
    post_code: str = ""
    point: Point | None = None
    phone: str = ""
    email: str = ""
    website: str = ""
    opening_hours: str = ""
    access_note: str = ""
    kind: str = ""
    networks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    is_digital: bool = False
    updated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRecord:
    """What a place offers; `place_id` is the `source_id` of its place."""

    line: int
    source_id: str
    place_id: str
    name: str
    description: str = ""
    kind: str = ""
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    conditions: str = ""
    fees: str = ""
    reception: tuple[str, ...] = ()
    how_to_come: str = ""
    opening_hours: str = ""
    phone: str = ""
    email: str = ""
    link: str = ""
    updated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What could not be read: `line` from 1, a plain sentence; `fatal` when nothing after it can be read.

    `key` is the number in the register of what the line is about, where that could be read: what is
    badly told of is not taken for gone.
    """

    line: int
    sentence: str
    fatal: bool = False
    key: str = ""


Record = InstitutionRecord | SameRecord | LocationRecord | PlaceRecord | ServiceRecord
# Whether these are the words that were read last time of this number.
Same = Callable[[str, str], bool]
