"""Small files in the exact formats of the registers, written line by line for the tests."""

from __future__ import annotations

from datetime import date
from pathlib import Path

DAY = date(2026, 11, 5)


def institution(finess: str = "840000001", **cells: str) -> str:
    """A line of the classic file of FINESS: an IME in Avignon unless said otherwise."""
    said = {
        "operator": "840000900", "short": "IME LES CEDRES", "long": "INSTITUT MEDICO-EDUCATIF LES CEDRES", "number": "12",
        "kind": "AV", "street": "DES SOURCES", "more": "", "locality": "", "commune": "007", "department": "84",
        "postal": "84000 AVIGNON", "phone": "0490000000", "category": "183", "label": "Institut Médico-Educatif (I.M.E.)",
        "siret": "77560000000012", "ape": "8710B", "funding": "ARS / Non Personnalisé", "opened": "1985-09-01",
    } | cells  # fmt: skip
    row = [
        "structureet", finess, said["operator"], said["short"], said["long"], "", "", said["number"], said["kind"],
        said["street"], said["more"], said["locality"], said["commune"], said["department"], "VAUCLUSE", said["postal"],
        said["phone"], "", said["category"], said["label"], "4100", "Etab. pour enfants", said["siret"], said["ape"], "57",
        said["funding"], "", "", said["opened"], "1985-09-01", "2026-01-31", "",
    ]  # fmt: skip
    return ";".join(row)


def point(finess: str, x: float | str, y: float | str, system: str = "LAMBERT_93") -> str:
    """A line that says where an institution is."""
    return f"geolocalisation;{finess};{x};{y};1,ATLASANTE,96,BAN,BD_ADRESSE,V2.2,{system};2026-10-12"


def classic(path: Path, *lines: str, day: date = DAY, encoding: str = "utf-8") -> Path:
    """A classic file at `path`."""
    text = "\n".join([f"finess;etalab;93;{day.isoformat()}", *lines, ""])
    path.write_bytes(text.encode(encoding))
    return path
