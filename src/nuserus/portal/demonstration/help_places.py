"""Invented places where a person finds help, at the points of real towns."""

from __future__ import annotations

from datetime import date

from nuserus.directory.enums import PlaceSource, Precision
from nuserus.directory.models import Department, Place, Service, Town
from nuserus.portal.demonstration.sources import Entry, help_places
from nuserus_analysis.text import fold

_UPDATED = date(2026, 10, 5)


def load_help_places() -> None:
    """The places and what they offer, each marked as invented."""
    given = help_places()
    departments = {department.code: department for department in Department.objects.all()}
    offered: dict[str, Entry] = given["services"]
    for rank, entry in enumerate(given["places"], 1):
        department = departments[entry["department"]]
        town = _largest_town(entry["town"], department)
        place = Place.objects.create(
            source=PlaceSource.HAND,
            source_id=f"exemple-{rank}",
            name=entry["name"],
            description="Ce lieu est inventé pour montrer la carte et l’annuaire.",
            town_name=entry["town"],
            department=department,
            latitude=town.latitude,
            longitude=town.longitude,
            precision=Precision.TOWN,
            opening_hours=entry["hours"],
            is_digital=entry.get("digital", False),
            is_fictitious=True,
            updated_on=_UPDATED,
        )
        Service.objects.bulk_create(_service(place, key, offered[key]) for key in entry["services"])


def _service(place: Place, key: str, given: Entry) -> Service:
    return Service(
        place=place,
        source=PlaceSource.HAND,
        source_id=f"{place.source_id}-{key}",
        name=given["name"],
        themes=given["themes"],
        publics=given["publics"],
        how_to_come=given["how"],
        fees=given["fees"],
        updated_on=_UPDATED,
    )


def _largest_town(name: str, department: Department) -> Town:
    """Several towns of a region may have one name: the places of the demonstration are in the largest."""
    found = Town.objects.filter(folded=fold(name), region=department.region).order_by("-population").first()
    if found is None:
        raise ValueError(f"No town {name} in {department.region}")
    return found
