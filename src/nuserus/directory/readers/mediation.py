"""Places of digital mediation, in the national schema, as CSV or JSON: lists are joined by "|"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext as _

from nuserus.directory.enums import Precision
from nuserus.directory.readers.addresses import post_code
from nuserus.directory.readers.coordinates import Given, ImpossiblePoint, point, position
from nuserus.directory.readers.hours import is_readable
from nuserus.directory.readers.json_lists import items_of, words
from nuserus.directory.readers.kinds import Shape
from nuserus.directory.readers.opening import Source
from nuserus.directory.readers.records import PlaceRecord, Point, Problem
from nuserus.directory.readers.tables import Row, rows_of
from nuserus.directory.readers.territory import commune_code, department_of
from nuserus.directory.readers.tidying import day, digits, distinct, email, line, listed, paragraphs, phone, url

NEEDED: Final = ("id", "nom", "pivot", "commune", "code_postal", "adresse", "date_maj")
_NO_SIRET: Final = "0" * 14
_LONGEST_TEXT: Final = 10_000


def read(source: Source) -> Iterator[PlaceRecord | Problem]:
    """The places of the file."""
    for given in _rows(source):
        if isinstance(given, Problem):
            yield given
        else:
            yield from _place(given.line, given.cells)


def _rows(source: Source) -> Iterator[Row | Problem]:
    if source.shape is Shape.TEXT:
        yield from rows_of(source, NEEDED)
        return
    for item in items_of(source, "lieux", "items"):
        if isinstance(item, Problem):
            yield item
        elif isinstance(item.value, Mapping):
            yield Row(item.rank, {str(name): _cell(value) for name, value in item.value.items()})
        else:
            yield Problem(line=item.rank, sentence=_("L’élément %(rank)d n’est pas un objet.") % {"rank": item.rank})


def _cell(value: object) -> str:
    """A value of the JSON as the CSV would write it."""
    if isinstance(value, list):
        return "|".join(words(one) for one in value if words(one))
    return words(value)


def _place(rank: int, cells: dict[str, str]) -> Iterator[PlaceRecord | Problem]:
    key = line(cells.get("id", ""), 120)
    missing = [name for name in NEEDED if not cells.get(name, "").strip()]
    if missing:
        yield Problem(
            line=rank,
            sentence=_("La ligne n’est pas gardée : il manque %(names)s.") % {"names": ", ".join(missing)},
            key=key,
        )
        return
    updated_on = day(cells["date_maj"])
    if updated_on is None:
        yield Problem(
            line=rank, sentence=_("La ligne n’est pas gardée : la date de mise à jour n’en est pas une."), key=key
        )
        return
    code = post_code(cells["code_postal"])
    commune = commune_code(cells.get("code_insee", ""))
    department = department_of(commune) or _department_of_post_code(code)
    # a post code may be that of the next department: it does not judge a point
    where, told = _point(cells, department_of(commune))
    opening_hours, doubt = _opening_hours(cells.get("horaires", ""))
    for sentence in (told, doubt):
        if sentence:
            yield Problem(line=rank, sentence=sentence, key=key)
    networks = (
        *listed(cells.get("dispositif_programmes_nationaux", "")),
        *listed(cells.get("formations_labels", "")),
    )
    yield PlaceRecord(
        line=rank,
        source_id=key,
        name=line(cells["nom"], 250),
        town_name=line(cells["commune"], 80),
        commune=commune,
        department=department,
        description=_description(cells),
        siret=_siret(cells["pivot"]),
        street=_street(cells),
        post_code=code,
        point=where,
        phone=phone(cells.get("telephone", "")),
        email=next(filter(None, (email(one) for one in _several(cells, "courriels", "courriel"))), ""),
        website=next(filter(None, (url(one) for one in _several(cells, "site_web"))), ""),
        opening_hours=opening_hours,
        access_note=_access(cells),
        kind=next(iter(listed(cells.get("typologie", ""), limit=80)), ""),
        networks=distinct(networks),
        needs=listed(cells.get("services", "")),
        is_digital=True,
        updated_on=updated_on,
    )


def _siret(pivot: str) -> str:
    found = digits(pivot, 14)
    return "" if found == _NO_SIRET else found


def _several(cells: dict[str, str], *names: str) -> list[str]:
    return [one for name in names for one in cells.get(name, "").split("|") if one.strip()]


def _description(cells: dict[str, str]) -> str:
    told = [paragraphs(cells.get(name, ""), _LONGEST_TEXT) for name in ("presentation_resume", "presentation_detail")]
    if told[0] and told[1].startswith(told[0]):
        told = told[1:]
    return paragraphs("\n\n".join(part for part in told if part), _LONGEST_TEXT)


def _street(cells: dict[str, str]) -> str:
    parts = (cells["adresse"], cells.get("complement_adresse", ""))
    return line(", ".join(part.strip() for part in parts if part.strip()), 250)


def _access(cells: dict[str, str]) -> str:
    return url(cells.get("fiche_acces_libre", "")) or line(
        ", ".join(listed(cells.get("prise_en_charge_specifique", ""))), 500
    )


def _point(cells: dict[str, str], department: str) -> tuple[Point | None, str]:
    given = Given(cells.get("longitude", ""), cells.get("latitude", ""), None, department)
    try:
        return point(position(given), Precision.STREET), ""
    except ImpossiblePoint as error:
        return None, error.sentence


def _opening_hours(text: str) -> tuple[str, str]:
    kept = line(text, 500)
    if not kept or is_readable(kept):
        return kept, ""
    return "", _("Les horaires ne suivent pas l’écriture d’OpenStreetMap : ils ont été laissés de côté.")


def _department_of_post_code(code: str) -> str:
    """The department that a post code begins with; nothing for Corsica, whose codes do not tell which half."""
    if code.startswith("20"):
        return ""
    return department_of(code)
