"""The network view: the same numbers for everybody, and nobody's line among them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import Error, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.devices.actions.release_figures import release_figures
from nuserus.devices.models import Deployment, NetworkBlock
from nuserus.devices.queries.network import network_counts
from nuserus.directory.models import Category, Department, Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.devices import get_device, make_deployment, make_hidden
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

ADDRESS = "/materiel/reseau/"
# transaction (2), who asks, public lines, blocks, words (5), sheets of devices (2), devices
NETWORK_QUERIES = 12


@pytest.fixture
def crowd() -> None:
    """Places that say nothing, among which the others are lost."""
    with as_system("test data"):
        for category, department in (("183", "84"), ("500", "13")):
            kind, there = Category.objects.get(code=category), Department.objects.get(code=department)
            Institution.objects.bulk_create(
                Institution(name="Ailleurs", slug=f"ailleurs-{category}-{number}", category=kind, department=there)
                for number in range(12)
            )


def total(client: Client, **chosen: str) -> int:
    counts = client.get(ADDRESS, chosen).context["counts"]
    assert isinstance(counts.total, int)
    return counts.total


@pytest.mark.usefixtures("crowd")
def test_public_lines_count_now_and_the_others_by_whole_groups(client: Client) -> None:
    tablet, visio = get_device("tablette"), get_device()
    make_deployment(make_institution(), visio, level=Level.PUBLIC, stage="installe")
    make_hidden(5, tablet)
    make_hidden(4, visio, level=Level.NETWORK)
    assert total(client) == 1
    release_figures()
    assert total(client) == 6
    page = client.get(ADDRESS).content.decode()
    assert "Tablette" in page
    assert total(client, materiel="tablette") == 5
    assert total(client, materiel="visioconference") == 1
    assert total(client, materiel="visioconference", type="183") == 1


@pytest.mark.usefixtures("crowd")
def test_everybody_sees_the_same_numbers(client_as: ClientAs) -> None:
    place, member = make_institution(), make_account()
    make_membership(member, place, is_referent=True)
    make_deployment(place, level=Level.INSTITUTION)
    make_hidden(3, get_device())
    release_figures()
    for account in (None, member, make_account("moderator"), make_account("site_admin")):
        assert total(client_as(account)) == 0


@pytest.mark.usefixtures("crowd")
def test_a_few_places_elsewhere_are_not_what_remains(client: Client) -> None:
    """Nine IME and two EHPAD: neither the two, nor the nine, which would tell the two."""
    make_hidden(9, get_device())
    make_hidden(2, get_device(), category="500", department="13")
    release_figures()
    assert total(client) == 11
    for chosen in ({"category": "183"}, {"department": "84"}, {"category": "500"}):
        with acting_as(None):
            assert network_counts(chosen).total == 0
    page = client.get(ADDRESS)
    kinds = [picture for picture in page.context["pictures"] if picture.key == "category"]
    assert kinds == [] or kinds[0].apart == 11


@pytest.mark.usefixtures("crowd")
def test_a_line_of_the_network_does_not_betray_one_of_an_institution(client: Client) -> None:
    """Four that professionals read and one that they do not: a group of five would tell them the fifth."""
    make_hidden(4, get_device(), level=Level.NETWORK)
    make_hidden(1, get_device())
    release_figures()
    assert total(client) == 0


@pytest.mark.usefixtures("crowd")
def test_a_place_counts_once_for_a_device_at_its_most_open_level(client: Client) -> None:
    place = make_institution()
    make_deployment(place, level=Level.PUBLIC, stage="essai")
    make_deployment(place, level=Level.INSTITUTION, stage="reinvente", own_name="Une autre")
    make_deployment(place, level=Level.PUBLIC, stage="installe", own_name="Encore une")
    release_figures()
    counts = client.get(ADDRESS).context["counts"]
    assert counts.total == 1
    assert dict(counts.by["stage"]) == {"installe": 1}


@pytest.mark.usefixtures("crowd")
def test_a_table_adds_up(client: Client) -> None:
    make_hidden(6, get_device())
    make_hidden(7, get_device("tablette"), category="500", department="13")
    for place in (make_institution(), make_institution(category="", kind_label="atelier")):
        make_deployment(place, get_device("tablette"), level=Level.PUBLIC)
    release_figures()
    page = client.get(ADDRESS)
    assert page.context["counts"].total == 15
    assert len(page.context["pictures"]) >= 5
    for picture in page.context["pictures"]:
        assert sum(line.count for line in picture.lines) + picture.apart == 15, picture.key


def test_what_is_chosen_is_told_and_taken_back(client: Client) -> None:
    make_deployment(make_institution(), level=Level.PUBLIC, stage="essai")
    page = client.get(ADDRESS, {"materiel": "visioconference", "type": "183", "degre": "essai"})
    html = page.content.decode()
    assert page.context["counts"].total == 1
    for words in ("Visioconférence", "IME", "essai", "Tout retirer", "/materiel/visioconference/"):
        assert words in html
    for wrong in ({"materiel": "rien"}, {"type": "'"}, {"region": "x" * 5000}, {"degre": "parfait"}):
        assert total(client, **wrong) == 1


def test_nothing_yet_says_so(client: Client) -> None:
    assert "Rien à montrer" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("number", [1, 4])
def test_the_page_costs_the_same_whatever_it_counts(client: Client, number: int) -> None:
    for _ in range(number):
        make_deployment(make_institution(), level=Level.PUBLIC)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert len(queries) <= NETWORK_QUERIES, [query["sql"][:150] for query in queries]


@pytest.mark.usefixtures("crowd")
def test_numbers_are_gathered_once_a_week_and_all_at_once() -> None:
    make_hidden(5, get_device())
    first = release_figures()
    assert first >= 1
    make_hidden(5, get_device("tablette"))
    assert release_figures() == first
    assert release_figures(only_if_due=False) > first
    with as_system("test data"):
        Deployment.objects.all().delete()
    assert release_figures(only_if_due=False) == 0


def test_the_web_does_not_write_numbers() -> None:
    with pytest.raises(Error), acting_as(make_account("moderator").pk):
        NetworkBlock.objects.create(device="x", count=5)


def _referent(place: Institution) -> Account:
    account = make_account()
    make_membership(account, place, is_referent=True)
    return account


@pytest.mark.usefixtures("crowd")
def test_a_referent_compares_with_places_like_ours(client_as: ClientAs) -> None:
    place = make_institution()
    referent = _referent(place)
    address = f"/materiel/inventaire/{place.pk}/comparer/"
    assert "Pas encore assez" in client_as(referent).get(address).content.decode()
    make_hidden(5, get_device("tablette"))
    make_deployment(place, level=Level.PUBLIC, stage="essai")
    release_figures()
    html = client_as(referent).get(address).content.decode()
    for words in ("1 matériel que vous n’avez pas", "Tablette", "Visioconférence", "type de lieu", "région"):
        assert words in html
    peer = _referent(make_institution())
    assert client_as(peer).get(address).status_code in {403, 404}


def test_lines_are_taken_away_as_far_as_they_may_be_read(client_as: ClientAs) -> None:
    place, member = make_institution("IME du Pont"), make_account()
    make_membership(member, place)
    make_deployment(place, level=Level.PUBLIC, remarks="=1+1")
    make_deployment(place, level=Level.INSTITUTION, own_name="La nôtre")
    for address in ("/materiel/releves.csv", f"/materiel/inventaire/{place.pk}/releves.csv"):
        rows = _csv(client_as(None), address)
        assert [row["Remarques"] for row in rows] == ["'=1+1"]
        assert [row["Nom chez nous"] for row in _csv(client_as(member), address)] == ["", "La nôtre"]
    assert _csv(client_as(member), "/materiel/releves.csv?type=500") == _csv(client_as(member), "/materiel/releves.csv")
    assert client_as(None).get("/materiel/releves.pdf").status_code == 404


def _csv(client: Client, address: str) -> list[dict[str, str]]:
    content = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))
