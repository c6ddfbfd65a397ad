"""From what a reader gives to a staged row: in the order of the columns of its target."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from nuserus.directory.actions.imports.lists import KnownTown, Lists, plain_letters
from nuserus.directory.enums import PRIVATE_HOMES, Precision
from nuserus.directory.readers.records import InstitutionRecord, PlaceRecord, ServiceRecord
from nuserus_analysis.text import fold


def institution_row(record: InstitutionRecord, lists: Lists, *, day: date, mark: int) -> list[Any]:
    """The columns of INSTITUTIONS. Raises Refused where the directory has no room for it."""
    department, region = lists.department(record.department)
    category = lists.category(record)
    operator = lists.operator(record)
    town = lists.town(record.town_name, region)
    home = record.category in PRIVATE_HOMES
    latitude, longitude, precision = _where(record, town, home=home)
    name = (record.long_name or record.name)[:200]
    return [
        record.finess, name, fold(name)[:200], _slug(name, record.town_name, record.finess), category, operator,
        str(record.operator_status or ""), record.town_name[:80], _folded_town(record.town_name[:80]), department,
        town.id if town else None, name, record.siret[:14], record.activity[:6], record.funding[:120],
        "" if home else record.street[:200], record.post_code[:5], record.commune[:5],
        "" if home else record.phone[:20], "" if home else record.email[:254], latitude, longitude, precision, home,
        record.opened_on, record.closed_on, day, mark,
    ]  # fmt: skip


def place_row(record: PlaceRecord, lists: Lists, *, source: str, mark: int) -> list[Any]:
    """The columns of PLACES. Raises Refused for a department that the directory does not have."""
    department = lists.department(record.department)[0] if record.department else None
    name, point = record.name[:250], record.point
    return [
        source, record.source_id[:120], name, fold(name)[:250], record.description, record.siret[:14],
        record.street[:250], record.post_code[:5], record.commune[:5], record.town_name[:80],
        _folded_town(record.town_name[:80]), department, point.latitude if point else None,
        point.longitude if point else None, str(point.precision) if point else "", record.phone[:40],
        record.email[:254], record.website[:500], record.opening_hours[:500], record.access_note[:500],
        record.kind[:80], _list(record.networks), _list(record.needs), record.is_digital, record.updated_on, None, mark,
    ]  # fmt: skip


def service_row(record: ServiceRecord, *, source: str, mark: int) -> list[Any]:
    """The columns of SERVICES; the id of the place is found once everything is read."""
    return [
        source, record.source_id[:120], None, record.name[:250], record.description, record.kind[:80],
        _list(record.themes), _list(record.publics), record.conditions, record.fees[:500],
        _list(record.reception, 80), record.how_to_come[:500], record.opening_hours[:500], record.phone[:40],
        record.email[:254], record.link[:500], record.updated_on, None, mark,
    ]  # fmt: skip


def _where(record: InstitutionRecord, town: KnownTown | None, *, home: bool) -> tuple[float | None, float | None, str]:
    """The point and its precision; of what may be a home, that of its town as the list of towns has it."""
    if home:
        return (town.latitude, town.longitude, Precision.TOWN.value) if town else (None, None, "")
    point = record.point
    return (point.latitude, point.longitude, str(point.precision)) if point else (None, None, "")


def _slug(name: str, town: str, number: str) -> str:
    """An address that can be read aloud, and that nothing else has."""
    words = plain_letters(f"{name} {town}").replace(" ", "-")[:100].strip("-")
    return f"{words}-{number.lower()}" if words else number.lower()


@lru_cache(50_000)
def _folded_town(name: str) -> str:
    return fold(name)[:80]


def _list(values: tuple[str, ...], limit: int = 120) -> list[str]:
    return [value[:limit] for value in values[:100]]
