"""The new file of FINESS ("Structures"): legal bodies, and in each the places it runs.

Hundreds of megabytes, read one legal body at a time. The file and its published schema differ
(names of keys, codes that are plain text or objects): what is read here is what both may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from nuserus.directory.enums import LegalStatus, Precision
from nuserus.directory.readers.addresses import post_code, street, town_line
from nuserus.directory.readers.coordinates import Given, ImpossiblePoint, chosen, point
from nuserus.directory.readers.homes import sheltered
from nuserus.directory.readers.json_lists import items_of, objects_of, words
from nuserus.directory.readers.opening import Source
from nuserus.directory.readers.records import InstitutionRecord, Point, Problem, Same, SameRecord
from nuserus.directory.readers.territory import commune_code, department_of
from nuserus.directory.readers.tidying import day, digits, email, line, phone

_IN_SERVICE: Final = "A"
# where the place is; the first address of the list may be that of the reception or of the post
_WHERE_IT_IS: Final = "03"
_PUBLIC_CONTACT: Final = "01"
_NUMBER: Final = re.compile(r"\d[\dAB]\d{7}")
_CATEGORY: Final = re.compile(r"\d{2,4}")

_GENERATED: Final = re.compile(rb'"generatedAt"\s*:\s*"(\d{4}-\d{2}-\d{2})')

_Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Operator:
    finess: str
    name: str
    status: LegalStatus | None


def read(source: Source, *, same: Same | None = None) -> Iterator[InstitutionRecord | SameRecord | Problem]:
    """The institutions in service. `line` is the rank of the place in the whole file, from 1.

    Where `same` says that all this was read before of a place, it is not looked at further.
    """
    rank = 0
    for item in items_of(source, "pmej"):
        if isinstance(item, Problem):
            # the rank of the last place read, where the reading stopped
            yield Problem(line=rank + 1, sentence=item.sentence, fatal=item.fatal)
            continue
        if not isinstance(item.value, Mapping):
            yield Problem(
                line=rank + 1,
                sentence=_("L’élément %(rank)d de la liste « pmej » n’est pas un objet.") % {"rank": item.rank},
            )
            continue
        operator = _operator(item.value)
        places = objects_of(_get(item.value, "ege"))
        if places is None:
            yield Problem(
                line=rank + 1,
                sentence=_(
                    "Une liste d’établissements est attendue sous « ege » pour l’organisme %(operator)s : "
                    "le fichier y donne un seul objet."
                )
                % {"operator": operator.finess or operator.name or item.rank},
                key=_number(_object(_get(item.value, "ege"))),
            )
            continue
        for place in places:
            rank += 1
            yield from _institution(rank, place, operator, same)


def generated_on(source: Source) -> date | None:
    """The day the file says that it was made; None where it does not say so near its beginning."""
    found = _GENERATED.search(source.peek())
    return day(found[1].decode()) if found else None


def legal_status(code: str) -> LegalStatus | None:
    """Who a legal body belongs to, from its code of the nomenclature; None where three words do not say it."""
    if not code.isascii() or not code.isdigit():
        return None
    number = int(code)
    if 1 <= number <= 30:
        return LegalStatus.PUBLIC
    if 60 <= number <= 62:
        return LegalStatus.ASSOCIATION
    return LegalStatus.PRIVATE if 70 <= number <= 95 and number != 90 else None


def _operator(body: _Object) -> _Operator:
    told = _object(_get(body, "informationsGeneralesPMEJ"))
    finess = words(_get(told, "numFinessPm")).strip().upper()
    return _Operator(
        finess=finess if _NUMBER.fullmatch(finess) else "",
        name=line(words(_get(told, "denominationLonguePmSmsse")) or words(_get(told, "denominationPm")), 200),
        status=legal_status(_code(_get(told, "statutJuridique"))),
    )


def _institution(
    rank: int, place: _Object, operator: _Operator, same: Same | None
) -> Iterator[InstitutionRecord | SameRecord | Problem]:
    told = _object(_get(place, "informationsGeneralesEGE"))
    if _state(place, told) != _IN_SERVICE or words(_get(told, "dateFermeture")).strip():
        return
    finess = _number(place)
    if not finess:
        yield Problem(line=rank, sentence=_("Le numéro FINESS de l’établissement manque ou n’en est pas un."))
        return
    said = repr((place, operator))
    if same is not None and same(finess, said):
        yield SameRecord(line=rank, finess=finess)
        return
    address = _address(place)
    if isinstance(address, str):
        yield Problem(line=rank, sentence=address, key=finess)
        return
    record = _record(rank, finess, place, operator, address)
    if isinstance(record, Problem):
        yield record
        return
    try:
        where = _point(address, record.department)
    except ImpossiblePoint as error:
        yield Problem(line=rank, sentence=error.sentence, key=finess)
        # what is wrong with it is told at each reading
        where, said = None, ""
    yield sheltered(replace(record, point=where, words=said))


def _record(
    rank: int, finess: str, place: _Object, operator: _Operator, address: _Object
) -> InstitutionRecord | Problem:
    told = _object(_get(place, "informationsGeneralesEGE"))
    long_name = line(words(_get(told, "nomEgeLong")), 200)
    name = line(words(_get(told, "nomEgeCourt")), 200) or long_name
    category = _code(_get(place, "categorieentiteGeographiqueExercice"))
    commune = commune_code(words(_get(address, "cogCommune")))
    line_code, town = town_line(words(_get(address, "ligneAcheminement")))
    refused = _refusal(name, category, commune, town)
    if refused:
        return Problem(line=rank, sentence=refused, key=finess)
    contact = _contact(place)
    return InstitutionRecord(
        line=rank,
        finess=finess,
        name=name,
        long_name=long_name,
        category=category,
        category_label="",
        department=department_of(commune),
        commune=commune,
        town_name=town,
        operator_finess=operator.finess,
        operator_name=operator.name,
        operator_status=operator.status,
        siret=digits(words(_get(told, "siret")) or words(_get(place, "siret")), 14),
        street=_street(address),
        post_code=post_code(words(_get(address, "codePostal"))) or line_code,
        phone=phone(words(_get(contact, "telephone"))),
        email=email(words(_get(contact, "courriel"))),
        opened_on=day(words(_get(told, "dateOuverture"))),
    )


def _number(place: _Object) -> str:
    found = words(_get(_object(_get(place, "informationsGeneralesEGE")), "numFinessEge")).strip().upper()
    return found if _NUMBER.fullmatch(found) else ""


def _refusal(name: str, category: str, commune: str, town: str) -> str:
    if not name:
        return _("L’établissement n’a pas de nom.")
    if not category:
        return _("La catégorie manque.")
    if not _CATEGORY.fullmatch(category):
        return _("Le code de catégorie « %(code)s » n’en est pas un.") % {"code": line(category, 10)}
    if not commune:
        return _("Le code de la commune manque ou n’en est pas un.")
    return "" if town else _("La ville manque.")


def _address(place: _Object) -> _Object | str:
    """The address of where the place is; a sentence when there is none."""
    addresses = objects_of(_get(place, "adresse"))
    if addresses is None:
        return _("Une liste d’adresses est attendue, et le fichier donne un seul objet.")
    for address in addresses:
        if _code(_get(address, "usageAdresse")) == _WHERE_IT_IS:
            return address
    return _("L’établissement n’a pas d’adresse géographique.")


def _street(address: _Object) -> str:
    told = street(
        words(_get(address, "numeroVoie")),
        words(_get(address, "typeVoie")),
        words(_get(address, "libelleVoie")),
        words(_get(address, "lieuDit")),
    )
    return told or line(words(_get(address, "ligneQuatre")), 200)


def _point(address: _Object, department: str) -> Point | None:
    told = _object(_get(address, "coordonneesGeographique"))
    pairs = (("coordonneeX", "coordonneeY"), ("directionLongitude", "directionLatitude"))
    where = chosen(
        [Given(words(_get(told, x)), words(_get(told, y)), None, department) for x, y in pairs],
    )
    return point(where, _precision(words(_get(told, "cleInInteropBAN"))))


def _precision(key: str) -> Precision:
    """The address key says how close: town, town_street, town_street_number. Without a key: in the street."""
    parts = key.strip().count("_")
    if key.strip() and not parts:
        return Precision.TOWN
    return Precision.DOOR if parts > 1 else Precision.STREET


def _contact(place: _Object) -> _Object:
    """The way to reach the place that is for the public; any other that is published otherwise."""
    contacts = objects_of(_get(place, "contact")) or []
    public = [
        one for one in contacts if _code(_get(_object(_get(one, "typeContact")), "roleContact")) == _PUBLIC_CONTACT
    ]
    for one in (*public, *contacts):
        telecom = _object(_get(one, "telecom"))
        if words(_get(telecom, "telephone")) or words(_get(telecom, "courriel")):
            return telecom
    return {}


def _state(place: _Object, told: _Object) -> str:
    return _code(_get(place, "etatObjet") or _get(told, "etatObjet"))


def _code(value: object) -> str:
    """A code given as text, as `{"code": …}`, or as a list of one of these."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, Mapping):
        value = value.get("code")
    return words(value).strip()


def _get(told: _Object, key: str) -> Any:
    """The value of a key, whatever its capitals and underscores: the file and its schema do not agree."""
    if key in told:
        return told[key]
    wanted = _plain(key)
    return next((value for name, value in told.items() if _plain(name) == wanted), None)


def _plain(key: str) -> str:
    return key.replace("_", "").lower()


def _object(value: object) -> _Object:
    return value if isinstance(value, Mapping) else {}
