"""The classic file of FINESS (`etalab-cs1100502`) and its sibling that also gives the points.

No header: a first line `finess;etalab;…;DATE`, one line for each institution, then in the sibling one
for each point (`geolocalisation;…`), in the system that its source names. The points come last, so
the file is looked through once (`survey`) before it is read.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

from django.utils.translation import gettext as _

from nuserus.directory.readers.addresses import street, town_line
from nuserus.directory.readers.coordinates import Given, ImpossiblePoint, positions, precision_named, system_named
from nuserus.directory.readers.decoding import Lines
from nuserus.directory.readers.homes import sheltered
from nuserus.directory.readers.opening import Source, UnreadableFile
from nuserus.directory.readers.records import (
    InstitutionRecord,
    LocationRecord,
    Point,
    Problem,
    Record,
    Same,
    SameRecord,
)
from nuserus.directory.readers.territory import commune_from_parts, department_code
from nuserus.directory.readers.tidying import day, digits, line, phone

FIRST: Final = "finess"
INSTITUTION: Final = "structureet"
POINT: Final = "geolocalisation"
_INSTITUTION: Final = f"{INSTITUTION};"
_NUMBER_AT: Final = slice(len(_INSTITUTION), len(_INSTITUTION) + 9)
FEWEST: Final = 20  # up to the name of the category, without which nothing can be shown
CELLS_OF_A_POINT: Final = 5
_CHUNK: Final = 5_000
# lines whose point is refused are remembered up to here; a file with more of them is another file
_REMEMBERED: Final = 50_000
_NUMBER: Final = re.compile(r"\d[\dA-F]\d{7}")
_CATEGORY: Final = re.compile(r"\d{2,4}")


@dataclass(slots=True)
class Survey:
    """What is known of a file before it is read: its date, its points, the points that can be nowhere."""

    register_date: date | None = None
    ranks: dict[str, int] = field(default_factory=dict)
    latitudes: array[float] = field(default_factory=lambda: array("d"))
    longitudes: array[float] = field(default_factory=lambda: array("d"))
    precisions: list[str] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    unread: int = 0

    def told(self, finess: str) -> str:
        """The point of an institution in words, which stays to be given."""
        rank = self.ranks.get(finess)
        return "" if rank is None else f"{self.latitudes[rank]!r} {self.longitudes[rank]!r} {self.precisions[rank]}"

    def take(self, finess: str) -> Point | None:
        """The point of an institution, given once."""
        rank = self.ranks.pop(finess, None)
        if rank is None:
            return None
        return Point(
            latitude=self.latitudes[rank],
            longitude=self.longitudes[rank],
            precision=self.precisions[rank],  # type: ignore[arg-type]  # a choice is the text that it is stored as
        )


def survey(stream: Source) -> Survey:
    """Look through the file for its date and its points. Raises UnreadableFile where it cannot be read."""
    found = Survey()
    waiting: list[tuple[int, str, Given, str]] = []
    number = 0
    for number, text in enumerate(Lines(stream), start=1):
        if number == 1:
            found.register_date = _date_of(text)
        elif text.startswith(POINT):
            cells = _cells(text)
            if len(cells) >= CELLS_OF_A_POINT and _NUMBER.fullmatch(cells[1]):
                source = cells[4]
                given = Given(cells[2], cells[3], _system(source), _department(cells[1][:2]))
                waiting.append((number, cells[1], given, _precision(source)))
                if len(waiting) == _CHUNK:
                    _place(found, waiting)
                    waiting = []
    _place(found, waiting)
    found.unread = number
    return found


def _place(found: Survey, waiting: list[tuple[int, str, Given, str]]) -> None:
    for (number, finess, _given, precision), where in zip(
        waiting, positions([given for _number, _finess, given, _precision in waiting]), strict=True
    ):
        if isinstance(where, ImpossiblePoint):
            if len(found.refused) < _REMEMBERED:
                found.refused[number] = where.sentence
        elif where is not None:
            found.ranks[finess] = len(found.latitudes)
            found.latitudes.append(where.latitude)
            found.longitudes.append(where.longitude)
            found.precisions.append(precision)


def read(stream: Source, *, surveyed: Survey | None = None, same: Same | None = None) -> Iterator[Record | Problem]:
    """The institutions of the file, with the points that `survey` found; then the points of others.

    Where `same` says that a line was read before, it is not read further: a register hardly changes from one
    month to the next.

    A line that can't be read is a Problem and the reading goes on; a file that is another file, or breaks
    off, ends with a fatal one.
    """
    known = surveyed or Survey()
    number = 0
    try:
        for number, text in enumerate(Lines(stream), start=1):
            if number == 1 and not text.startswith(INSTITUTION):
                other = _other_file(text)
                if other:
                    yield Problem(line=1, sentence=other, fatal=True)
                    return
                continue
            yield from _read_line(number, text, known, same)
    except UnreadableFile as error:
        yield Problem(line=number + 1, sentence=error.sentence, fatal=True)


def _read_line(number: int, text: str, known: Survey, same: Same | None) -> Iterator[Record | Problem]:
    if text.startswith(_INSTITUTION):
        finess = text[_NUMBER_AT]
        words = f"{text.rstrip()}\x1f{known.told(finess)}" if _NUMBER.fullmatch(finess) else ""
        if words and same is not None and same(finess, words):
            known.take(finess)
            yield SameRecord(line=number, finess=finess)
            return
        yield _institution(number, _cells(text), known, words)
        return
    cells = _cells(text)
    if cells[0] == INSTITUTION:
        yield _institution(number, cells, known, "")
    elif cells[0] == POINT:
        found = _point(number, cells, known)
        if found is not None:
            yield found
    elif text.strip():
        yield Problem(line=number, sentence=_("Cette ligne n’est ni un établissement ni une position."))


def _institution(number: int, cells: list[str], known: Survey, words: str) -> InstitutionRecord | Problem:
    finess = cells[1].upper() if len(cells) > 1 else ""
    if not _NUMBER.fullmatch(finess):
        return Problem(line=number, sentence=_("Le numéro FINESS de l’établissement manque ou n’en est pas un."))
    if len(cells) < FEWEST:
        return Problem(
            line=number,
            sentence=_("La ligne a %(count)d cases ; il en faut au moins %(least)d.")
            % {"count": len(cells), "least": FEWEST},
            key=finess,
        )
    cells += [""] * (31 - len(cells))
    short, long = _line(cells[3], 200), _line(cells[4], 200)
    post_code, town = _town_line(cells[15])
    refused = _refusal(cells, short or long, town)
    if refused:
        return Problem(line=number, sentence=refused, key=finess)
    return sheltered(
        InstitutionRecord(
            line=number,
            finess=finess,
            name=short or long,
            long_name=long,
            category=cells[18],
            category_label=_line(cells[19], 120),
            department=_department(cells[13]),
            commune=_commune(cells[13], cells[12]),
            town_name=town,
            operator_finess=cells[2] if _NUMBER.fullmatch(cells[2]) else "",
            siret=digits(cells[22], 14),
            activity=_line(cells[23], 6),
            funding=_line(cells[25], 120),
            street=_street(cells),
            post_code=post_code,
            phone=phone(cells[16]),
            point=known.take(finess),
            opened_on=_day(cells[28]),
            words=words,
        )
    )


def _refusal(cells: list[str], name: str, town: str) -> str:
    if not name:
        return _("L’établissement n’a pas de nom.")
    if not _department(cells[13]):
        return _("Le département « %(code)s » n’est pas connu.") % {"code": line(cells[13], 10)}
    if not _CATEGORY.fullmatch(cells[18]):
        return _("Le code de catégorie « %(code)s » n’en est pas un.") % {"code": line(cells[18], 10)}
    return "" if town else _("La ville manque.")


# The same few thousand values come back all along a file.
_department: Final = lru_cache(1_000)(department_code)
_commune: Final = lru_cache(50_000)(commune_from_parts)
_town_line: Final = lru_cache(50_000)(town_line)
_day: Final = lru_cache(20_000)(day)
_system: Final = lru_cache(10_000)(system_named)
_precision: Final = lru_cache(10_000)(precision_named)


def _line(text: str, limit: int) -> str:
    """As `line`; most cells are plain already, and a national file has a million of them."""
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text
    return line(text, limit)


def _street(cells: list[str]) -> str:
    """Number, its complement (BIS, A…), kind, name; then the locality."""
    number = f"{cells[7]} {cells[10]}" if cells[7] and len(cells[10]) <= 6 else cells[7]
    rest = [cells[10]] if cells[10] and number == cells[7] else []
    return street(number, cells[8], cells[9], *rest, cells[11])


def _point(number: int, cells: list[str], known: Survey) -> LocationRecord | Problem | None:
    if number in known.refused:
        return Problem(line=number, sentence=known.refused[number])
    if len(cells) < CELLS_OF_A_POINT or not _NUMBER.fullmatch(cells[1]):
        return Problem(line=number, sentence=_("La ligne d’une position est incomplète."))
    point = known.take(cells[1])
    return None if point is None else LocationRecord(line=number, finess=cells[1], point=point)


def _cells(text: str) -> list[str]:
    cells = text.rstrip("\r\n").split(";")
    if " ;" in text or "; " in text or "\t" in text:
        cells = [cell.strip() for cell in cells]
    if '"' in text:
        cells = [_unquoted(cell) for cell in cells]
    return cells


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _date_of(text: str) -> date | None:
    cells = _cells(text)
    return day(cells[-1]) if cells[0] == FIRST else None


def _other_file(first: str) -> str:
    """What is wrong with a file that does not begin as this one does; nothing when it does."""
    if first.startswith(f"{FIRST};"):
        return ""
    if re.match(r"(?:finess|structureet)[,\t|]", first):
        return _(
            "Les cases ne sont pas séparées par des points-virgules : ce n’est pas le fichier d’origine de FINESS."
        )
    if first.lstrip().startswith(("{", "[")):
        return _("C’est un fichier JSON. Choisissez « FINESS, nouveau fichier (JSON) », puis recommencez.")
    return _("Ce n’est pas le fichier classique de FINESS : la première ligne devrait commencer par « finess;etalab ».")
