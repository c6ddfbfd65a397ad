"""One search for institutions and places of help; the list and the map say the same."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.models import Department, Institution, Place, Service
from nuserus.directory.queries.finding import Wanted, one_page, words_of
from nuserus.directory.queries.squares import (
    SIDE,
    Square,
    box_written,
    east_of,
    latitude_at,
    longitude_at,
    south_of,
    square_written,
)
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.directory import make_institution, make_place

pytestmark = pytest.mark.usefixtures("database")

AVIGNON = {"latitude": 43.949, "longitude": 4.806}
WORLD = "-180,-85,180,85"
# transaction (2), who asks, categories, publics, departments (what is chosen is checked), cells, those alone, towns
POINTS_QUERIES = 6
AROUND_QUERIES = 4


def names_on(client: Client, **search: str) -> list[str]:
    return [thing.name for thing, *_told in client.get("/annuaire/", search).context["rows"]]


def drawn(client: Client, zoom: int = 12, **search: str) -> tuple[list[str], int]:
    """The names of what stands alone on the whole map, and how many things it shows in all."""
    reply = client.get("/carte/points/", {"boite": WORLD, "zoom": str(zoom), **search}).json()
    return [row[2] for row in reply["alone"]], len(reply["alone"]) + sum(row[2] for row in reply["groups"])


def offer(place: Place, **fields: object) -> None:
    with as_system("test data"):
        Service.objects.create(place=place, source=place.source, source_id=f"{place.pk}", name="Aide", **fields)


def test_need_public_kind_and_department_narrow_both_list_and_map(client: Client) -> None:
    debts = make_place("Le Budget", is_digital=False, latitude=48.1, longitude=-1.7)
    offer(debts, themes=["difficultes-financieres--acquerir-une-autonomie-budgetaire"], publics=["seniors"])
    make_place("La Souris", **AVIGNON)
    make_institution("CSAPA du Port", category="197", department="13", latitude=43.3, longitude=5.4)
    make_institution("EHPAD du Lac", category="500", department="05", latitude=44.5, longitude=6.4)
    for search, names in (
        ({"besoin": "argent"}, ["Le Budget"]),
        ({"besoin": "numerique"}, ["La Souris"]),
        ({"besoin": "addictions"}, ["CSAPA du Port"]),
        ({"public": "personnes-agees-dependantes"}, ["EHPAD du Lac", "Le Budget"]),
        ({"quoi": "place"}, ["La Souris", "Le Budget"]),
        ({"departement": "13"}, ["CSAPA du Port"]),
        ({"q": "autonomie budg"}, ["Le Budget"]),
        ({"besoin": "inconnu", "quoi": "x"}, ["CSAPA du Port", "EHPAD du Lac", "La Souris", "Le Budget"]),
    ):
        assert names_on(client, **search) == names, search
        alone, count = drawn(client, **search)
        assert (sorted(alone), count) == (names, len(names)), search


def test_what_is_closed_keeps_its_page_and_leaves_the_list_and_the_map(client: Client) -> None:
    gone = make_institution("IME fermé", closed_on=date(2019, 7, 1), **AVIGNON)
    lost = make_place("Espace fermé", closed_on=date(2024, 1, 1), **AVIGNON)
    assert names_on(client) == []
    assert drawn(client) == ([], 0)
    assert names_on(client, fermes="on") == ["Espace fermé", "IME fermé"]
    assert "fermé depuis le 1er juillet 2019" in client.get(gone.get_absolute_url()).content.decode()
    assert "fermé depuis le 1er janvier 2024" in client.get(lost.get_absolute_url()).content.decode()


def test_pages_follow_one_another_both_ways_and_survive_what_goes(client: Client) -> None:
    with as_system("test data"):
        department = Department.objects.get(code="84")
        places = [
            Place(source="hand", source_id=f"{n}", name=f"Lieu {n % 3}", town_name="Gap", department=department)
            for n in range(45)
        ]
        for place in places:
            place.folded = place.name.lower()
        Place.objects.bulk_create(places)
    with acting_as(None):
        whole = one_page(Wanted(), size=100).spots
        first = one_page(Wanted())
        second = one_page(Wanted(), after=first.after)
        third = one_page(Wanted(), after=second.after)
        assert [spot.pk for spot in [*first.spots, *second.spots, *third.spots]] == [spot.pk for spot in whole]
        assert (first.count, third.count, first.before, third.after) == (45, 45, None, None)
        back = one_page(Wanted(), before=third.before)
        assert [spot.pk for spot in back.spots] == [spot.pk for spot in second.spots]
        assert one_page(Wanted(), before=second.before).spots == first.spots
        assert one_page(Wanted(), after=UUID(int=5)).spots == first.spots
    page = client.get("/annuaire/", {"apres": str(first.after), "quoi": "place"}).content.decode()
    assert "quoi=place&amp;apres=" in page
    assert "quoi=place&amp;avant=" in page


def test_a_group_on_the_map_is_a_list_too(client: Client) -> None:
    for name in ("Un", "Deux"):
        make_place(name, **AVIGNON)
    make_place("Loin", latitude=48.1, longitude=-1.7)
    (group,) = client.get("/carte/points/", {"boite": "4,43,6,45", "zoom": "9"}).json()["groups"]
    latitude, longitude, count, square = group
    assert (round(latitude, 3), round(longitude, 3), count) == (43.949, 4.806, 2)
    assert names_on(client, carre=square) == ["Deux", "Un"]
    assert "un carré de la carte" in client.get("/annuaire/", {"carre": square}).content.decode()


@pytest.mark.parametrize(
    "search",
    [
        {},
        {"boite": "4,43,6,45"},
        {"boite": "4,43,6", "zoom": "9"},
        {"boite": "6,43,4,45", "zoom": "9"},
        {"boite": "nan,43,6,45", "zoom": "9"},
        {"boite": "4,43,6,45", "zoom": "-1"},
        {"boite": "4,43,6,45", "zoom": "²"},
        {"boite": "4,43,6,45", "zoom": "9" * 500},
    ],
)
def test_a_box_that_is_none_is_refused(client: Client, search: dict[str, str]) -> None:
    assert client.get("/carte/points/", search).status_code == 400


@pytest.mark.parametrize("square", ["", "11-1-a", "10-500-300", "14-8000-6000", "11-9999-1", "11--1-1", "x" * 900])
def test_only_squares_of_some_kilometres_are_told_around(client: Client, square: str) -> None:
    assert client.get("/carte/autour/", {"carre": square}).status_code == 400


def test_around_answers_a_whole_block_and_never_asks_where_exactly(client: Client) -> None:
    make_place("Ici", **AVIGNON)
    make_place("À onze kilomètres", latitude=44.05, longitude=4.81)
    make_place("Ailleurs", latitude=48.1, longitude=-1.7)
    square = Square(11, east_of(4.806) >> 15, south_of(43.949) >> 15)
    reply = client.get("/carte/autour/", {"carre": str(square)}).json()
    assert sorted(row[2] for row in reply["alone"]) == ["Ici", "À onze kilomètres"]
    assert (reply["count"], reply["too_many"]) == (2, False)


def test_the_map_page_draws_without_a_program_and_lists_the_same(client: Client) -> None:
    make_place("La Souris", **AVIGNON)
    make_place("Case", latitude=16.27, longitude=-61.5)
    reply = client.get("/carte/")
    page = reply.content.decode()
    assert len(re.findall(r'<circle cx="\d+" cy="\d+"', page)) == 2
    assert 'aria-label="Guadeloupe\u00a0: 1 lieu"' in page
    assert "La Souris" in page
    assert "geolocation=(self)" in reply["Permissions-Policy"]
    assert "geolocation=()" in client.get("/annuaire/")["Permissions-Policy"]


def test_the_operator_s_tiles_are_the_only_other_origin(client: Client) -> None:
    ours = client.get("/carte/")["Content-Security-Policy"]
    with override_settings(MAP_TILES="https://tuiles.exemple.fr/{z}/{x}/{y}.png", MAP_TILES_CREDIT="© L’équipe"):
        reply = client.get("/carte/")
        theirs = reply["Content-Security-Policy"]
        assert "https://tuiles.exemple.fr/{z}/{x}/{y}.png" in reply.content.decode()
        assert "tuiles" not in client.get("/annuaire/")["Content-Security-Policy"]
    assert "https:" not in ours
    assert "https://tuiles.exemple.fr;" in f"{theirs};".replace(" ;", ";")
    assert theirs.count("https:") == 1


@pytest.mark.parametrize("number", [1, 4])
def test_the_map_costs_the_same_whatever_it_holds(client: Client, number: int) -> None:
    for rank in range(number):
        make_place(latitude=43 + rank, longitude=4.8)
    address = {"boite": "4,42,6,51", "zoom": "9"}
    client.get("/carte/points/", address)
    with CaptureQueriesContext(connection) as queries:
        client.get("/carte/points/", address)
    assert len(queries) == POINTS_QUERIES, [query["sql"][:150] for query in queries]
    with CaptureQueriesContext(connection) as queries:
        client.get("/carte/autour/", {"carre": "11-1051-746"})
    assert len(queries) == AROUND_QUERIES, [query["sql"][:150] for query in queries]


def test_words_forgive_accents_apostrophes_and_small_words() -> None:
    assert words_of("L’Étoile du Cœur, à Gap") == ["etoile", "coeur", "gap"]
    assert words_of("à la") == ["a", "la"]
    assert words_of("%_\\ '") == []


@given(st.floats(-179.9, 179.9), st.floats(-84.9, 84.9))
def test_degrees_and_steps_are_one_another(longitude: float, latitude: float) -> None:
    assert abs(longitude_at(east_of(longitude) + 0.5) - longitude) < 2e-5
    assert abs(latitude_at(south_of(latitude) + 0.5) - latitude) < 2e-5


@given(st.text(max_size=30))
def test_no_text_breaks_squares_nor_boxes(text: str) -> None:
    square = square_written(text)
    assert square is None or str(square).split("-") == [f"{int(part)}" for part in text.split("-")]
    box = box_written(text)
    assert box is None or (0 <= box.west <= box.east < SIDE and 0 <= box.north <= box.south < SIDE)


def test_institutions_say_the_name_that_they_gave_themselves(client: Client) -> None:
    place = make_institution(
        "Les Cèdres",
        named_by_place=True,
        register_name="IME LES CEDRES",
        register_date=date(2026, 11, 3),
        street="3 RUE X",
    )
    page = client.get(place.get_absolute_url()).content.decode()
    assert "IME LES CEDRES (le nom de cette page est donné par le lieu)" in page
    assert "répertoire FINESS du 3 novembre 2026" in page
    assert Institution._meta.verbose_name
