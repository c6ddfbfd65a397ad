"""data·inclusion, version 1: structures and their services, as CSV or JSON.

Each row is held to the models that data·inclusion publishes. What makes a row useless (no name, no
identifier) refuses it; an optional field that does not hold is left out, and told.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from data_inclusion.schema import v1
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from nuserus.directory.enums import Precision
from nuserus.directory.readers.coordinates import Given, ImpossiblePoint, point, position
from nuserus.directory.readers.hours import is_readable
from nuserus.directory.readers.json_lists import items_of
from nuserus.directory.readers.kinds import Shape
from nuserus.directory.readers.opening import Source
from nuserus.directory.readers.records import PlaceRecord, Point, Problem, ServiceRecord
from nuserus.directory.readers.tables import Row, rows_of
from nuserus.directory.readers.territory import commune_code, department_of
from nuserus.directory.readers.tidying import distinct, email, line, paragraphs, phone, url

_NEEDED_OF_STRUCTURES: Final = ("id", "source", "nom", "date_maj")
_NEEDED_OF_SERVICES: Final = ("id", "source", "structure_id", "nom", "description", "date_maj")
_LISTS: Final = frozenset(
    {
        "reseaux_porteurs",
        "thematiques",
        "publics",
        "modes_accueil",
        "zone_eligibilite",
        "modes_mobilisation",
        "mobilisable_par",
    }
)
_DIGITAL: Final = re.compile(r"numerique|aidants-connect")
_LONGEST_TEXT: Final = 10_000
_TOLD: Final = 3

_Model = TypeVar("_Model", bound=BaseModel)


def read_structures(source: Source) -> Iterator[PlaceRecord | Problem]:
    """The structures of the file, as places."""
    for given in _rows(source, "structures", _NEEDED_OF_STRUCTURES):
        if isinstance(given, Problem):
            yield given
            continue
        held, problems = _held(v1.Structure, given, _NEEDED_OF_STRUCTURES)
        yield from problems
        if held is not None:
            yield from _place(given.line, held)


def read_services(source: Source) -> Iterator[ServiceRecord | Problem]:
    """The services of the file. A service is attached to its structure by `place_id`."""
    for given in _rows(source, "services", _NEEDED_OF_SERVICES):
        if isinstance(given, Problem):
            yield given
            continue
        held, problems = _held(v1.Service, given, _NEEDED_OF_SERVICES)
        yield from problems
        if held is not None:
            yield from _service(given.line, held)


def _place(rank: int, held: v1.Structure) -> Iterator[PlaceRecord | Problem]:
    commune = commune_code(held.code_insee or "")
    where, told = _point(held, department_of(commune))
    opening_hours, doubt = _opening_hours(held.horaires_accueil)
    for sentence in (told, doubt):
        if sentence:
            yield Problem(line=rank, sentence=sentence, key=held.id)
    town = line(held.commune or "", 80)
    if not town:
        yield Problem(line=rank, sentence=_("La structure n’a pas de ville."), key=held.id)
        return
    networks = _values(held.reseaux_porteurs)
    yield PlaceRecord(
        line=rank,
        source_id=line(held.id, 120),
        name=line(held.nom, 250),
        town_name=town,
        commune=commune,
        department=department_of(commune),
        description=paragraphs(held.description or "", _LONGEST_TEXT),
        siret=held.siret or "",
        street=_street(held.adresse, held.complement_adresse),
        post_code=held.code_postal or "",
        point=where,
        phone=phone(held.telephone or ""),
        email=email(held.courriel or ""),
        website=url(str(held.site_web or "")),
        opening_hours=opening_hours,
        access_note=url(str(held.accessibilite_lieu or "")),
        networks=networks,
        is_digital=any(_DIGITAL.search(network) for network in networks),
        updated_on=held.date_maj,
    )


def _service(rank: int, held: v1.Service) -> Iterator[ServiceRecord | Problem]:
    opening_hours, doubt = _opening_hours(held.horaires_accueil)
    if doubt:
        yield Problem(line=rank, sentence=doubt, key=held.id)
    yield ServiceRecord(
        line=rank,
        source_id=line(held.id, 120),
        place_id=line(held.structure_id, 120),
        name=line(held.nom, 250),
        description=paragraphs(held.description, _LONGEST_TEXT),
        kind=held.type.value if held.type else "",
        themes=_values(held.thematiques),
        publics=_values(held.publics),
        conditions=paragraphs(held.conditions_acces or "", _LONGEST_TEXT),
        fees=_fees(held),
        reception=_values(held.modes_accueil),
        how_to_come=_how_to_come(held),
        opening_hours=opening_hours,
        phone=phone(held.telephone or ""),
        email=email(held.courriel or ""),
        link=url(str(held.lien_mobilisation or held.lien_source or "")),
        updated_on=held.date_maj,
    )


def _rows(source: Source, name: str, needed: tuple[str, ...]) -> Iterator[Row | Problem]:
    """The rows with their lists made lists, and the empty cells left out."""
    if source.shape is Shape.TEXT:
        for row in rows_of(source, needed):
            yield row if isinstance(row, Problem) else Row(row.line, _uncelled(row.cells))
        return
    for item in items_of(source, name, "items"):
        if isinstance(item, Problem):
            yield item
        elif isinstance(item.value, Mapping):
            yield Row(item.rank, dict(item.value))
        else:
            yield Problem(line=item.rank, sentence=_("L’élément %(rank)d n’est pas un objet.") % {"rank": item.rank})


def _uncelled(cells: dict[str, str]) -> dict[str, Any]:
    return {name: _list(cell) if name in _LISTS else cell for name, cell in cells.items() if cell.strip()}


def _list(cell: str) -> list[str]:
    """A list in a cell: `["a", "b"]`, `{a,b}`, `a|b` or `a,b`."""
    text = cell.strip()
    if text.startswith("["):
        try:
            found = json.loads(text)
        except ValueError:
            found = None
        if isinstance(found, list):
            return [str(one) for one in found]
    kept = text.strip("[]{}")
    parts = re.split(r"\|" if "|" in kept else ",", kept)
    return [part.strip(" '\"") for part in parts if part.strip(" '\"")]


def _held(model: type[_Model], row: Row, needed: tuple[str, ...]) -> tuple[_Model | None, list[Problem]]:
    """The row as the model reads it, without what does not hold; None when what is needed does not."""
    values = {name: value for name, value in row.cells.items() if value not in (None, "")}
    key = line(str(values.get("id", "")), 120)
    try:
        return model.model_validate(values), []
    except ValidationError as error:
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
    names = list(dict.fromkeys(str(one["loc"][0]) for one in wrong if one["loc"]))
    needed_wrong = [name for name in names if name in needed]
    if needed_wrong or not names:
        sentence = _("La ligne n’est pas gardée : %(names)s manque ou ne convient pas.")
        return None, [Problem(line=row.line, sentence=sentence % {"names": ", ".join(needed_wrong[:_TOLD])}, key=key)]
    problem = Problem(
        line=row.line,
        sentence=_("Ce qui ne convient pas a été laissé de côté : %(names)s.") % {"names": ", ".join(names[:_TOLD])},
        key=key,
    )
    try:
        return model.model_validate(_without(values, [one["loc"] for one in wrong])), [problem]
    except ValidationError:
        return model.model_validate({name: values[name] for name in values if name not in names}), [problem]


def _without(values: dict[str, Any], places: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """The values without what was found wrong: one element of a list, or the whole field."""
    kept = dict(values)
    elements: dict[str, set[int]] = {}
    for place in places:
        name, *rest = place
        if rest and isinstance(rest[0], int) and isinstance(kept.get(str(name)), list):
            elements.setdefault(str(name), set()).add(rest[0])
        else:
            kept.pop(str(name), None)
    for name, ranks in elements.items():
        left = [one for rank, one in enumerate(kept.get(name, [])) if rank not in ranks]
        if left:
            kept[name] = left
        else:
            kept.pop(name, None)
    return kept


def _point(held: v1.Structure, department: str) -> tuple[Point | None, str]:
    if held.longitude is None and held.latitude is None:
        return None, ""
    given = Given(_number(held.longitude), _number(held.latitude), None, department)
    try:
        where = position(given)
    except ImpossiblePoint as error:
        return None, error.sentence
    return point(where, Precision.STREET if held.adresse else Precision.TOWN), ""


def _number(value: float | None) -> str:
    return "" if value is None else repr(value)


def _opening_hours(text: str | None) -> tuple[str, str]:
    kept = line(text or "", 500)
    if not kept or is_readable(kept):
        return kept, ""
    return "", _("Les horaires ne suivent pas l’écriture d’OpenStreetMap : ils ont été laissés de côté.")


def _street(street: str | None, more: str | None) -> str:
    return line(", ".join(part.strip() for part in (street, more) if part and part.strip()), 250)


def _values(values: set[Any] | None) -> tuple[str, ...]:
    return distinct(sorted(str(one.value) for one in values or ()))


def _fees(held: v1.Service) -> str:
    label = held.frais.label if held.frais else ""
    return line(" : ".join(part for part in (label, held.frais_precisions or "") if part), 500)


def _how_to_come(held: v1.Service) -> str:
    labels = [one.label for one in sorted(held.modes_mobilisation or (), key=lambda one: one.value)]
    return line(". ".join(part for part in (", ".join(labels), held.mobilisation_precisions or "") if part), 500)
