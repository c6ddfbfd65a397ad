"""Rules of use to hang on the wall: one page, A4 or A3, large letters, a pictogram beside each rule."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from nuserus.charters.models import CharterVersion
from nuserus.ui.dates import date_format
from nuserus.ui.pictograms import drawing_for
from nuserus.ui.printable import printable
from nuserus.ui.typesetting import pictogram_drawing, qr_drawing, typeset

_TEMPLATES = {"poster.typ": Path(__file__).parent / "poster.typ"}
# Letters as large as the page bears: by how much is written (in letters, a rule counting for some more).
_SIZES = ((280, 33), (380, 28), (480, 24), (620, 21), (820, 18), (1_300, 14.5))
_SMALLEST = 12
_OF_A_RULE = 22
_A3 = 1.41


def poster_pdf(version: CharterVersion, *, place: str, site: str, page: str, simple: bool) -> bytes:
    """The poster of one version; `place` as the reader may know it, `page` a4 or a3.

    `simple`: the lines of the simple version instead of the rules. Raises nuserus.ui.typesetting.Unset.
    """
    with override("fr"):
        lines = _simple_lines(version) if simple else _rule_lines(version)
        address = site + reverse("charters:charter", args=[version.charter_id])
        files = {"code.svg": qr_drawing(address)}
        for line in lines:
            if line["file"]:
                files[line["file"]] = pictogram_drawing(drawing_for(line["file"].removesuffix(".svg")))
        data = {
            "title": printable(version.title),
            "kind": _kind(version, simple=simple),
            "place": _sentence(printable(place)),
            "notes": [_("Exemple fictif : ce lieu est inventé.")] if version.institution.is_fictitious else [],
            "lines": lines,
            "size": _size(lines) * (_A3 if page == "a3" else 1),
            "scale": _A3 if page == "a3" else 1,
            "page": page,
            "day": _parts(localtime(version.adopted_at).date()),
            "together": printable(_together(version)),
            "terms": printable(_terms(version)),
            "qr": {
                "file": "code.svg",
                "alt": _("Code à photographier : il ouvre ces règles, avec le pourquoi de chacune."),
                "title": _("Pourquoi ces règles ?"),
                "text": _("Photographiez ce code pour lire les raisons."),
                "address": address,
                "shown": printable(address),
            },
        }
    return typeset(_TEMPLATES, "poster.typ", data, day=version.adopted_at, files=files)


def _kind(version: CharterVersion, *, simple: bool) -> str:
    if not simple:
        return _("Nos règles d’usage")
    return _("Facile à lire et à comprendre (FALC)") if version.is_falc else _("Version simple")


def _rule_lines(version: CharterVersion) -> list[dict[str, Any]]:
    return [
        {
            "text": printable(rule["sentence"]),
            "file": f"{rule['pictogram']}.svg",
        }
        for rule in version.rules
    ]


def _simple_lines(version: CharterVersion) -> list[dict[str, Any]]:
    lines = (printable(line) for line in version.simple.splitlines())
    return [{"text": line, "file": ""} for line in lines if line]


def _size(lines: list[dict[str, Any]]) -> float:
    written = sum(len(line["text"]) + _OF_A_RULE for line in lines)
    return next((size for most, size in _SIZES if written <= most), _SMALLEST)


def _together(version: CharterVersion) -> str:
    if not version.is_decided_together:
        return _("Ces règles n’ont pas encore été décidées avec les personnes qui vivent ici.")
    return ngettext(
        "Décidées avec %(number)d personne qui vit ou est accompagnée ici.",
        "Décidées avec %(number)d personnes qui vivent ou sont accompagnées ici.",
        version.accompanied,
    ) % {"number": version.accompanied}


def _terms(version: CharterVersion) -> str:
    return _("En vigueur à partir du %(day)s, version %(number)d. On peut en reparler quand on veut.") % {
        "day": date_format(version.in_force_from, "j F Y"),
        "number": version.number,
    }


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]
