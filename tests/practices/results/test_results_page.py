"""The search page, as different people ask it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from tests.factories.devices import get_device, make_deployment
from tests.factories.directory import make_institution
from tests.factories.sheets import make_evaluation, make_member, make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _titles(client: Client, **query: object) -> list[str]:
    response = client.get("/pratiques/", query)
    assert response.status_code == 200, response.content
    found = re.findall(r'class="nu-card__title"><a href="[^"]+"[^>]*>([^<]*)</a>', response.content.decode())
    return [html.unescape(title) for title in found]


def test_inflected_words_find_the_sheet(client: Client) -> None:
    make_sheet(title="Une éducatrice spécialisée et sa tablette", simple_version="Pour de jeunes autistes.")
    make_sheet(
        title="Un robot au salon", simple_version="Pour rire.", devices=["robot-nao"], publics=["proches-aidants"]
    )
    found = _titles(client, q="éducatrices spécialisées tablettes autisme")
    assert found[0] == "Une éducatrice spécialisée et sa tablette"


def test_without_words_the_newest_first(client: Client) -> None:
    for title in ("Un", "Deux", "Trois"):
        make_sheet(title=title)
    assert _titles(client) == ["Trois", "Deux", "Un"]


def test_drafts_are_never_found_even_by_their_author(client_as: ClientAs) -> None:
    member = make_member(make_institution())
    make_sheet(author=member, status=SheetStatus.DRAFT, title="Brouillon secret")
    assert _titles(client_as(member), q="brouillon secret") == []


def test_a_withdrawn_sheet_still_indexed_is_not_shown(client: Client) -> None:
    from nuserus.foundation.asking import as_system
    from nuserus.practices.models import Sheet

    sheet = make_sheet(title="Adieu")
    with as_system("test"):
        Sheet.objects.filter(pk=sheet.pk).update(status=SheetStatus.WITHDRAWN, scope_level="restricted")
    assert _titles(client, q="adieu") == []


def test_facets_narrow_count_and_read_as_a_sentence(client: Client) -> None:
    make_sheet(title="Car", publics=["enfants-autistes"])
    make_sheet(title="Repas", publics=["proches-aidants"])
    page = client.get("/pratiques/").content.decode()
    assert 'href="?public=enfants-autistes">Enfants autistes <span class="nu-count">1</span>' in page
    assert _titles(client, public="enfants-autistes") == ["Car"]
    chosen = client.get("/pratiques/?public=enfants-autistes&q=car").content.decode()
    assert "retirer ce filtre" in chosen
    assert 'href="?q=car"' in chosen


def test_facets_of_one_group_widen(client: Client) -> None:
    for title, public in (("Car", "enfants-autistes"), ("Repas", "proches-aidants"), ("Nuit", "adolescents")):
        make_sheet(title=title, publics=[public])
    assert _titles(client, public=["enfants-autistes", "proches-aidants"]) == ["Repas", "Car"]


def test_ladder_and_category_are_facets(client: Client) -> None:
    evaluated = make_sheet(make_institution(category="500"), title="Évaluée", indexed=False)
    make_evaluation(evaluated)
    from nuserus.foundation.asking import as_system
    from nuserus.practices.actions.indexing import index_sheet

    with as_system("test"):
        index_sheet(evaluated)
    make_sheet(title="Idée")
    assert _titles(client, etape="evalue") == ["Évaluée"]
    assert _titles(client, categorie="500") == ["Évaluée"]


def test_with_what_we_have(client_as: ClientAs) -> None:
    place = make_institution()
    make_deployment(place, get_device("robot-nao"))
    make_deployment(place, get_device("tablette"), stage="abandonne")
    make_sheet(title="Robot", devices=["robot-nao"])
    make_sheet(title="Tablette", devices=["tablette"])
    member = client_as(make_member(place))
    assert _titles(member, materiel="1") == ["Robot"]
    assert "Avec le matériel que nous avons" in member.get("/pratiques/").content.decode()
    assert _titles(client_as(make_member(make_institution())), materiel="1") == []
    visitor = client_as(None)
    assert "Avec le matériel que nous avons" not in visitor.get("/pratiques/").content.decode()
    assert len(_titles(visitor, materiel="1")) == 2


def test_sorted_by_date_when_asked(client: Client) -> None:
    make_sheet(title="Tablette tablette tablette", simple_version="tablette")
    make_sheet(title="Autre chose", simple_version="Rien.", watch_for="la tablette tombe", devices=["robot-nao"])
    assert _titles(client, q="tablette")[0] == "Tablette tablette tablette"
    assert _titles(client, q="tablette", tri="recent") == ["Autre chose", "Tablette tablette tablette"]


def test_pages_of_twenty(client: Client) -> None:
    for rank in range(23):
        make_sheet(title=f"Fiche {rank}")
    assert len(_titles(client)) == 20
    assert _titles(client, page=2) == ["Fiche 2", "Fiche 1", "Fiche 0"]
    assert _titles(client, page="bof") == _titles(client)
    assert 'rel="next"' in client.get("/pratiques/").content.decode()


def test_nothing_found_says_what_to_try(client: Client) -> None:
    page = client.get("/pratiques/?q=zyzomys&public=adolescents").content.decode()
    assert "Rien pour «\N{NO-BREAK SPACE}zyzomys\N{NO-BREAK SPACE}»" in page
    assert "Chercher sans filtre" in page
    assert "/partager/" in page


def test_relaxed_search_says_so(client: Client) -> None:
    make_sheet(title="Le car du vendredi")
    page = client.get("/pratiques/?q=car+vendredi+xylophone").content.decode()
    assert "Aucune fiche n’a tous vos mots." in page
    assert "Le car du vendredi" in page


@pytest.mark.parametrize(
    "hostile",
    [
        "'",
        '"',
        "x" * 10_000,
        "a\x00b",
        "'; DROP TABLE practices_sheet; --",
        "!!! & | <-> :*",
        "\\",
        "%",
        "<script>alert(1)</script>",
        "\ud800",
        "🙂" * 300,
    ],
)
def test_hostile_words_are_just_a_search(client: Client, hostile: str) -> None:
    make_sheet(title="Toujours là")
    query = {"q": hostile.encode("utf-8", "surrogatepass")}
    response = client.get("/pratiques/", query)
    assert response.status_code == 200
    assert b"<script>alert(1)" not in response.content
    assert _titles(client) == ["Toujours là"]


@pytest.mark.parametrize("name", ["public", "famille", "page", "tri", "materiel", "inconnu", "a" * 500])
def test_hostile_facets_are_just_a_search(client: Client, name: str) -> None:
    for value in ("'\"<b>\x00", "x" * 5000, "-1", "../../etc", ["a"] * 400):
        assert client.get("/pratiques/", {name: value}).status_code == 200


def test_canary_of_a_place_is_nowhere(client_as: ClientAs) -> None:
    place = make_institution("IME Canari Jaune", town_name="Canariville")
    sheet = make_sheet(place, title="Le car")
    make_trial(sheet, make_institution("MAS Canari Noir"))
    for account in (None, make_member(make_institution())):
        client = client_as(account)
        for address in (
            "/pratiques/",
            "/pratiques/?q=canari",
            "/pratiques/suggestions/?q=cana",
            f"/pratiques/{sheet.pk}/",
        ):
            body = client.get(address).content.decode()
            assert "Canari J" not in body
            assert "Canari N" not in body
            assert "Canariville" not in body
    assert _titles(client_as(None), q="canari") == []


def test_htmx_asks_for_the_part_only(client: Client) -> None:
    make_sheet(title="Le car")
    part = client.get("/pratiques/?q=car", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Le car" in part.content.decode()
    assert "HX-Request" in part["Vary"]


@pytest.mark.parametrize("count", [1, 3])
def test_results_ask_few_queries(client: Client, count: int) -> None:
    for rank in range(count):
        make_sheet(title=f"Tablette {rank}")
    client.get("/pratiques/")
    with CaptureQueriesContext(connection) as queries:
        assert len(_titles(client, q="tablette")) == count
    assert len(queries) == 11, [query["sql"][:90] for query in queries]
    with CaptureQueriesContext(connection) as queries:
        assert len(_titles(client, q="tablette")) == count
    assert len(queries) == 4, [query["sql"][:90] for query in queries]
