"""Reading a filled-in workbook: answers by row, and what is wrong cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter

from nuserus.devices.workbooks.layout import (
    COLUMNS,
    LEVEL_WORDS,
    LIMITS,
    MOST_COLUMNS,
    MOST_ROWS,
    REQUIRED,
    SHEET,
    STAGE_WORDS,
)
from nuserus.devices.workbooks.opening import damaged, opened_sheet
from nuserus_analysis.text import fold

_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
MOST_FAULTS = 200


def key(text: str) -> str:
    """What is compared of a word of a list: its letters and figures, whatever its accents, case and spaces."""
    return "".join(filter(str.isalnum, fold(text)))


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one cell, and where: "Feuille Inventaire, cellule D7"."""

    cell: str
    words: str

    def __str__(self) -> str:
        where = _("Feuille %(sheet)s, cellule %(cell)s") % {"sheet": SHEET, "cell": self.cell}
        return f"{where}\u00a0: {self.words}"


@dataclass(frozen=True, slots=True)
class Words:
    """The lists that cells choose from: `key` of a word → what it stands for. `devices` → id."""

    devices: Mapping[str, UUID]
    device_names: Mapping[str, str]
    trades: Mapping[str, str]
    publics: Mapping[str, str]


@dataclass(slots=True)
class Row:
    """A row of the file: its answers by name, or its faults."""

    number: int
    reference: UUID | None = None
    given: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_rows(content: bytes, words: Words) -> list[Row]:
    """The rows that are not empty. Raises ValidationError, one sentence, when nothing can be read."""
    with opened_sheet(content) as sheet:
        try:
            return _rows(sheet, words)
        except ValidationError:
            raise
        except Exception as broken:
            # the pages of a workbook are parsed while they are read
            raise damaged() from broken


def _rows(sheet: Any, words: Words) -> list[Row]:
    places: dict[str, int] = {}
    rows: list[Row] = []
    empty = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if number == 1:
            places = _headers(cells)
            continue
        there = {name: cells[at] for name, at in places.items() if at < len(cells)}
        filled = {name: cell for name, cell in there.items() if cell.value not in (None, "")}
        if not filled:
            empty += 1
            if empty > MOST_ROWS:
                break
            continue
        if len(rows) == MOST_ROWS:
            raise ValidationError(
                _("Ce classeur a plus de %(most)d lignes. Coupez-le en plusieurs fichiers.") % {"most": MOST_ROWS}
            )
        rows.append(_row(number, filled, places, words))
    if not places:
        raise _no_headers(REQUIRED)
    if not rows:
        raise ValidationError(
            _("La feuille « %(sheet)s » n’a aucune ligne remplie. Remplissez-la, puis déposez le fichier de nouveau.")
            % {"sheet": SHEET}
        )
    return rows


def _headers(cells: Iterable[Any]) -> dict[str, int]:
    known = {key(column.header): column.name for column in COLUMNS}
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = known.get(key(str(cell.value or "").strip()))
        if name is not None:
            found.setdefault(name, at)
    if missing := [name for name in REQUIRED if name not in found]:
        raise _no_headers(missing)
    return found


def _no_headers(missing: Iterable[str]) -> ValidationError:
    headers = " · ".join(column.header for column in COLUMNS if column.name in missing)
    return ValidationError(
        _(
            "La première ligne de la feuille « %(sheet)s » n’a pas ces titres de colonnes : %(headers)s. "
            "Partez du classeur que l’on télécharge sur cette page."
        )
        % {"sheet": SHEET, "headers": headers}
    )


def _row(number: int, filled: Mapping[str, Any], places: Mapping[str, int], words: Words) -> Row:
    row = Row(number)
    for column in COLUMNS:
        name = column.name
        if name not in places:
            continue
        where = f"{get_column_letter(places[name] + 1)}{number}"
        try:
            value = _value(name, filled.get(name), words)
        except ValueError as wrong:
            row.faults.append(Fault(where, str(wrong)))
            continue
        if name == "reference":
            row.reference = value
        else:
            row.given[name] = value
    return row


def _value(name: str, cell: Any, words: Words) -> Any:
    if cell is not None:
        _refuse_what_is_not_plain(cell)
    raw = "" if cell is None else cell.value
    text = _text(raw)
    if name in REQUIRED and not text:
        raise ValueError(_("cette cellule doit être remplie. Choisissez dans la liste."))
    if name == "quantity":
        return _quantity(raw)
    reader = _READERS.get(name)
    return reader(text, words) if reader else _short_enough(text, LIMITS[name])


def _short_enough(text: str, limit: int) -> str:
    if len(text) > limit:
        raise ValueError(
            _("le texte a %(length)d caractères, la limite est %(limit)d. Raccourcissez-le.")
            % {"length": len(text), "limit": limit}
        )
    return text


def _refuse_what_is_not_plain(cell: Any) -> None:
    if cell.data_type == "f":
        raise ValueError(_("c’est une formule. Écrivez la valeur à la place."))
    if cell.data_type == "e":
        raise ValueError(_("la cellule contient une erreur du tableur. Écrivez la valeur."))
    if isinstance(cell.value, bool) or not isinstance(cell.value, str | int | float):
        raise ValueError(_("c’est une date ou une case à cocher. Écrivez un texte ou un nombre."))  # noqa: TRY004 (said in a cell)


def _text(raw: object) -> str:
    """What was typed; the mark that an export puts before what looks like a formula is taken off."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw).replace("\x00", "").replace("_x000D_", "").replace("\r\n", "\n").strip()
    if text.startswith("'") and text[1:].lstrip(" \u00a0").startswith(_FORMULA_SIGNS):
        return text[1:].strip()
    return text


def _reference(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise ValueError(
            _("cette référence n’est pas une référence du site. Effacez-la pour une ligne nouvelle.")
        ) from None


def _device(text: str, words: Words) -> UUID:
    found = words.devices.get(key(text))
    if found is not None:
        return found
    near = get_close_matches(key(text), list(words.device_names), n=1, cutoff=0.6)
    if near:
        raise ValueError(
            _("« %(given)s » n’est pas dans le catalogue. Vouliez-vous dire « %(near)s » ?")
            % {"given": text[:60], "near": words.device_names[near[0]]}
        )
    raise ValueError(
        _("« %(given)s » n’est pas dans le catalogue. Choisissez dans la liste, ou proposez-le sur le site.")
        % {"given": text[:60]}
    )


def _quantity(raw: object) -> int | None:
    text = _text(raw).replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 10_000):
        raise ValueError(_("écrivez un nombre entier de 1 à 10 000, ou laissez vide."))
    return int(text)


def _among(text: str, known: Mapping[str, str]) -> str:
    if key(text) not in known:
        raise ValueError(_("« %(given)s » n’est pas dans la liste. Choisissez dans la liste.") % {"given": text[:60]})
    return known[key(text)]


def _several(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    """Words separated by semicolons or line ends; each once."""
    said = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
    return tuple(dict.fromkeys(_among(part, known) for part in said))


_STAGES = {key(label): value for value, label in STAGE_WORDS.items()}
_LEVELS = {key(label): str(value) for value, label in LEVEL_WORDS.items()}
_READERS: dict[str, Callable[[str, Words], Any]] = {
    "reference": lambda text, words: _reference(text),
    "device": _device,
    "stage": lambda text, words: _among(text, _STAGES) if text else "",
    "scope_level": lambda text, words: _among(text, _LEVELS),
    "used_by": lambda text, words: _several(text, words.trades),
    "with_publics": lambda text, words: _several(text, words.publics),
}
