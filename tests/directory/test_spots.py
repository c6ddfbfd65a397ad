"""The rows that are searched follow what they stand for, whoever writes it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.enums import Precision
from nuserus.directory.models import Category, Institution, Operator, Place, Public, Service, Spot
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.directory import make_institution, make_place

pytestmark = pytest.mark.usefixtures("database")


def spot_of(thing: Institution | Place) -> Spot:
    with acting_as(None):
        return Spot.objects.get(pk=thing.pk)


def test_a_spot_follows_an_institution() -> None:
    made = make_institution("MAS de l’Étoile", category="255", town_name="Hyères", department="83", latitude=43.1)
    spot = spot_of(made)
    assert (spot.kind, spot.name, spot.folded, spot.is_open) == (
        "institution",
        "MAS de l’Étoile",
        "mas de l etoile",
        True,
    )
    for word in ("'mas'", "'etoile'", "'hyeres'", "'83'", "'var'"):
        assert word in str(spot.words)
    with as_system("test data"):
        Institution.objects.filter(pk=made.pk).update(name="Les Cèdres", closed_on=date(2020, 1, 2))
    spot = spot_of(made)
    assert (spot.name, spot.is_open) == ("Les Cèdres", False)
    with as_system("test data"):
        Institution.objects.filter(pk=made.pk).delete()
    with acting_as(None):
        assert not Spot.objects.filter(pk=made.pk).exists()


def test_a_spot_follows_what_surrounds_an_institution() -> None:
    made = make_institution()
    with as_system("test data"):
        operator = Operator.objects.create(name="Association du Gué")
        Institution.objects.filter(pk=made.pk).update(operator=operator)
        made.publics.set(Public.objects.filter(slug="enfants-autistes"))
        assert Spot.objects.get(pk=made.pk).publics == ["enfants-autistes"]
        assert "'gue'" in str(Spot.objects.get(pk=made.pk).words)
        Operator.objects.filter(pk=operator.pk).update(name="Association du Pont")
        made.publics.clear()
    spot = spot_of(made)
    assert spot.publics == []
    assert "'pont'" in str(spot.words)


def test_a_spot_follows_a_place_and_its_services() -> None:
    made = make_place(needs=["difficultes-financieres--situation-dendettement-surendettement"], is_digital=False)
    assert spot_of(made).themes == [
        "difficultes-financieres",
        "difficultes-financieres--situation-dendettement-surendettement",
    ]
    with as_system("test data"):
        service = Service.objects.create(
            place=made, source=made.source, source_id="s", name="Atelier", themes=["numerique--x"], publics=["jeunes"]
        )
    spot = spot_of(made)
    assert {"numerique", "numerique--x"} <= set(spot.themes)
    assert spot.publics == ["jeunes"]
    with as_system("test data"):
        service.delete()
    assert "numerique" not in spot_of(made).themes


def test_a_home_stands_at_the_point_of_its_town_whatever_its_row_says() -> None:
    home = make_institution(
        "LVA", category="462", town_name="Mirecourt", department="88", latitude=48.2912345, longitude=6.1112345
    )
    town = home.town
    assert town is not None
    placed = make_institution(
        "IME", town_name="Mirecourt", department="88", latitude=town.latitude, longitude=town.longitude
    )
    assert (spot_of(home).east, spot_of(home).south) == (spot_of(placed).east, spot_of(placed).south)


@given(st.floats(-180, 180), st.floats(-90, 90))
def test_every_point_of_the_earth_is_on_the_square(longitude: float, latitude: float) -> None:
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT nuserus_east(%s), nuserus_south(%s)", [longitude, latitude])
        east, south = cursor.fetchone()
    assert 0 <= east < 2**26
    assert 0 <= south < 2**26


def test_many_rows_may_be_written_first_and_found_later() -> None:
    with as_system("test data"):
        with connections["system"].cursor() as cursor:
            cursor.execute("SET LOCAL nuserus.spots = 'later'")
        late = Place.objects.create(name="Tard", source="hand", source_id="tard", town_name="Gap")
        assert not Spot.objects.filter(pk=late.pk).exists()
        with connections["system"].cursor() as cursor:
            cursor.execute("SELECT nuserus_spots_refresh()")
        assert Spot.objects.filter(pk=late.pk).exists()
    assert Precision.TOWN == "town"
    with acting_as(None):
        assert Category.objects.exists()
