"""The lists that an import looks things up in: departments, categories, towns, operators."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from nuserus.directory.models import Category, Department, Operator, Town
from nuserus.directory.readers.records import InstitutionRecord
from nuserus.foundation.asking import as_system
from nuserus.foundation.models.base import new_id

_SAINT: Final = re.compile(r"\bst(e?)\b")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]+")


class Refused(Exception):
    """A record that the directory has no room for. `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class KnownTown:
    """A town that is the only one of its name in its region."""

    id: UUID
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ToldOperator:
    """An operator that the file brings, or of which it says something new."""

    id: UUID
    name: str
    status: str
    line: int
    is_new: bool


@dataclass(slots=True)
class Lists:
    """Read once, at the start of a run; what the file adds is remembered apart, to be created with it."""

    departments: dict[str, tuple[UUID, str]]
    categories: dict[str, UUID]
    operators: dict[str, tuple[UUID, str, str]]
    list_version: str
    # what an operator is called as long as only its number is known
    unnamed: str
    new_categories: list[tuple[UUID, str, str, int]] = field(default_factory=list)
    towns: dict[str, dict[str, KnownTown]] = field(default_factory=dict)
    told_operators: dict[str, ToldOperator] = field(default_factory=dict)

    def department(self, code: str) -> tuple[UUID, str]:
        """Id and region. Raises Refused for a code that the directory does not have."""
        found = self.departments.get(code)
        if found is None:
            raise Refused(_("Le département « %(code)s » n’est pas connu.") % {"code": code[:10]})
        return found

    def category(self, record: InstitutionRecord) -> UUID:
        """The category; one that the nomenclature does not have yet is added with the words of the file.

        Raises Refused where the file does not name it either.
        """
        found = self.categories.get(record.category)
        if found is not None:
            return found
        if not record.category_label or len(record.category) > 4:
            raise Refused(
                _("La catégorie « %(code)s » n’est pas connue, et le fichier ne la nomme pas.")
                % {"code": record.category[:10]}
            )
        added = new_id()
        self.categories[record.category] = added
        self.new_categories.append((added, record.category, record.category_label[:120], record.line))
        return added

    def operator(self, record: InstitutionRecord) -> UUID | None:
        """The operator, by its number; a name told later takes the place of the number."""
        number = record.operator_finess
        if not number:
            return None
        name, status = record.operator_name[:200], str(record.operator_status or "")
        found = self.operators.get(number)
        if found is None:
            known, its_name, its_status = new_id(), self.unnamed % {"number": number}, ""
        else:
            known, its_name, its_status = found
        name, status = name or its_name, status or its_status
        if found is None or (name, status) != (its_name, its_status):
            before = self.told_operators.get(number)
            is_new = found is None or (before is not None and before.is_new)
            self.told_operators[number] = ToldOperator(known, name, status, record.line, is_new)
            self.operators[number] = (known, name, status)
        return known

    def town(self, name: str, region: str) -> KnownTown | None:
        """The town of that name, where the region has a single one."""
        if region not in self.towns:
            self.towns[region] = _towns(region)
        return self.towns[region].get(town_key(name))


def read_lists(day: date) -> Lists:
    """The lists as they are now; to be called as the system. A category of the file is dated `day`."""
    return Lists(
        departments={code: (pk, region) for pk, code, region in Department.objects.values_list("pk", "code", "region")},
        categories=dict(Category.objects.values_list("code", "pk")),
        operators={
            number: (pk, name, status)
            for pk, number, name, status in Operator.objects.filter(finess__isnull=False).values_list(
                "pk", "finess", "name", "status"
            )
            if number is not None
        },
        list_version=f"fichier {day.isoformat()}",
        unnamed=_("Organisme gestionnaire n° %(number)s"),
    )


@lru_cache(50_000)
def town_key(name: str) -> str:
    """A town as registers write it in several ways: « ST-ETIENNE » is « Saint-Étienne ».

    >>> town_key("ST ETIENNE") == town_key("Saint-Étienne"), town_key("L'Isle-sur-la-Sorgue")
    (True, 'lislesurlasorgue')
    """
    plain = plain_letters(name)
    return _NOT_LETTERS.sub("", _SAINT.sub(r"saint\1", plain))


def plain_letters(text: str) -> str:
    """Small letters without accents; everything else becomes one space.

    >>> plain_letters("Le Cadran d’Avril") == plain_letters("LE CADRAN D AVRIL")
    True
    """
    small = text.lower()
    if not small.isascii():
        # an apostrophe as it is printed parts two words, as the other one does
        small = small.replace("œ", "oe").replace("æ", "ae").replace("’", " ")
        small = unicodedata.normalize("NFKD", small).encode("ascii", "ignore").decode()
    return _NOT_LETTERS.sub(" ", small).strip()


def _towns(region: str) -> dict[str, KnownTown]:
    found: dict[str, KnownTown | None] = {}
    with as_system("read the towns of a region", recorded=False):
        rows = list(Town.objects.filter(region=region).values_list("pk", "name", "latitude", "longitude").order_by())
    for pk, name, latitude, longitude in rows:
        key = town_key(name)
        found[key] = None if key in found else KnownTown(pk, latitude, longitude)
    return {key: town for key, town in found.items() if town is not None}
