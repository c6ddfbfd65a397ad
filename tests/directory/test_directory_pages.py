"""The directory and the page of an institution, as anybody sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.directory.models import Department
from nuserus.directory.queries import locate_town, place_label
from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from tests.factories.directory import make_institution

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

# transaction (2), who asks, spots, institutions, categories, publics, departments
LIST_QUERIES = 8


def names_found(client: Client, **search: str) -> list[str]:
    return [thing.name for thing, *_told in client.get("/annuaire/", search).context["rows"]]


def test_search_forgives_accents_and_takes_name_town_or_kind(client: Client) -> None:
    make_institution("MAS de l’Étoile", category="255", town_name="Hyères", department="83")
    make_institution("Foyer des Cèdres", category="183", town_name="Gap", department="05")
    assert names_found(client, q="etoile") == ["MAS de l’Étoile"]
    assert names_found(client, q="hyeres") == ["MAS de l’Étoile"]
    assert names_found(client, q="ime GAP") == ["Foyer des Cèdres"]
    assert names_found(client, departement="83") == ["MAS de l’Étoile"]
    assert names_found(client, type="183") == ["Foyer des Cèdres"]
    assert names_found(client, q="ime hyères") == []


@pytest.mark.parametrize(
    "search",
    [
        {"q": "'"},
        {"q": "x" * 10_000},
        {"q": "a\x00b"},
        {"q": "%_\\"},
        {"q": "'; DROP TABLE directory_institution; --"},
        {"departement": "ZZ", "type": "\x00"},
        {"page": "0"},
        {"page": "douze"},
    ],
)
def test_any_text_is_just_a_search(client: Client, search: dict[str, str]) -> None:
    make_institution()
    assert client.get("/annuaire/", search).status_code == 200


def test_a_percent_sign_is_a_character(client: Client) -> None:
    make_institution()
    assert names_found(client, q="%") == []


def test_invented_places_say_so(client: Client) -> None:
    place = make_institution("IME inventé")
    for address in ("/annuaire/", place.get_absolute_url()):
        assert "xemple fictif" in client.get(address).content.decode()


def test_page_says_what_is_known(client: Client) -> None:
    place = make_institution(
        "Centre du Lac",
        category="",
        kind_label="centre médico-éducatif",
        town_name="Savines-le-Lac",
        department="05",
        legal_status="associatif",
        questions=["Quels usages viser ?"],
        participants=["pédopsychiatre", "équipe éducative"],
        programme_partner=False,
        is_fictitious=False,
    )
    page = client.get(place.get_absolute_url()).content.decode()
    for words in (
        "centre médico-éducatif",
        "Savines-le-Lac (05)",
        "Quels usages viser ?",
        "lieu observé entre 2015 et 2018",
        "pédopsychiatre",
    ):
        assert words in page
    assert "xemple fictif" not in page
    assert "None" not in page


def test_readable_address_leads_to_the_stable_one(client: Client) -> None:
    place = make_institution("IME du Pont")
    response = client.get("/annuaire/ime-du-pont-avignon/")
    assert response.status_code == 301
    assert response["Location"] == place.get_absolute_url()


def test_unknown_places_are_404(client: Client) -> None:
    unknown = "00000000-0000-7000-8000-000000000000"
    assert client.get(f"/annuaire/{unknown}/").status_code == 404
    assert client.get("/annuaire/rien-de-tel/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_whatever_its_length(client: Client, number: int) -> None:
    for _ in range(number):
        make_institution()
    client.get("/annuaire/")
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get("/annuaire/").context["rows"]) == number
    assert len(queries) == LIST_QUERIES, [query["sql"][:150] for query in queries]


def test_place_label_says_the_department_unless_asked() -> None:
    place = make_institution(town_name="L'Isle-sur-la-Sorgue", department="84")
    assert place_label(place) == "Vaucluse (84)"
    assert place_label(place, detailed=True) == "L'Isle-sur-la-Sorgue (84)"


def test_towns_are_located_in_their_region_or_not_at_all() -> None:
    with acting_as(None):
        drome = Department.objects.get(code="26")
        paca = Department.objects.get(code="13")
        found = locate_town("la roque-d'anthéron", paca)
        assert found is not None
        assert (round(found.latitude, 1), round(found.longitude, 1)) == (43.7, 5.3)
        assert locate_town("La Roque-d'Anthéron", drome) is None
        assert locate_town("Villeneuve", paca) is None
