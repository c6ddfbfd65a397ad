"""Postal addresses as FINESS writes them, in pieces and in capitals."""

from __future__ import annotations

import re
from typing import Final

from nuserus.directory.readers.tidying import line

_STREET_KINDS: Final = {
    "ALL": "ALLEE",
    "AV": "AVENUE",
    "BD": "BOULEVARD",
    "CHE": "CHEMIN",
    "CRS": "COURS",
    "DOM": "DOMAINE",
    "ESP": "ESPLANADE",
    "FG": "FAUBOURG",
    "HAM": "HAMEAU",
    "IMP": "IMPASSE",
    "LD": "LIEU-DIT",
    "LOT": "LOTISSEMENT",
    "MTE": "MONTEE",
    "PAS": "PASSAGE",
    "PL": "PLACE",
    "PRO": "PROMENADE",
    "QUA": "QUARTIER",
    "R": "RUE",
    "RES": "RESIDENCE",
    "RPT": "ROND-POINT",
    "RTE": "ROUTE",
    "SEN": "SENTIER",
    "SQ": "SQUARE",
    "TRA": "TRAVERSE",
    "VLGE": "VILLAGE",
}
_POST_CODE: Final = re.compile(r"\s*(\d{5})\b\s*")
_CEDEX: Final = re.compile(r"\s+CEDEX(\s+\d{1,2})?\s*$", re.IGNORECASE)


def street(number: str, kind: str, name: str, *more: str) -> str:
    """The line of a street: ("62", "AV", "DE JASSERON") is "62 AVENUE DE JASSERON"."""
    kind = kind.strip().upper()
    first = " ".join(part.strip() for part in (number, _STREET_KINDS.get(kind, kind), name) if part.strip())
    rest = [part.strip() for part in more if part.strip()]
    return line(", ".join([first, *rest] if first else rest), 200)


def town_line(text: str) -> tuple[str, str]:
    """The post code and the town: "01440 VIRIAT CEDEX 9" is ("01440", "VIRIAT")."""
    found = _POST_CODE.match(text)
    code = found[1] if found else ""
    town = text[found.end() :] if found else text
    return code, line(_CEDEX.sub("", town), 80)


def post_code(text: str) -> str:
    """Five digits, or nothing."""
    kept = text.strip()
    return kept if len(kept) == 5 and kept.isascii() and kept.isdigit() else ""
