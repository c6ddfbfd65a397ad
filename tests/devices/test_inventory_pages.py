"""The inventory of an institution."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.devices.models import Deployment
from nuserus.devices.queries import devices_of_institutions
from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.devices import get_device, make_deployment, make_proposal
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

# transaction (2), who asks, institution, count, rows, trades, publics
INVENTORY_QUERIES = 8


@pytest.fixture
def place(database: None) -> Institution:
    return make_institution("IME du Pont")


@pytest.fixture
def referent(place: Institution) -> Account:
    account = make_account()
    make_membership(account, place, is_referent=True)
    return account


def answers(**changes: object) -> dict[str, object]:
    return {
        "device": get_device().pk,
        "quantity": "4",
        "stage": "essai",
        "used_by": ["educateur-specialise"],
        "with_publics": ["enfants-autistes"],
        "data_held": "Rien.",
        "cost": "Prêté",
        "remarks": "Le mardi.",
        "scope_level": "network",
        **changes,
    }


def only_line() -> Deployment:
    with as_system("test data"):
        return Deployment.objects.select_related("device").get()


def test_referent_adds_changes_and_removes(place: Institution, referent: Account, client_as: ClientAs) -> None:
    client = client_as(referent)
    inventory = f"/materiel/inventaire/{place.pk}/"
    form = client.get(f"{inventory}ajouter/?materiel=visioconference")
    assert "selected>Visioconférence" in form.content.decode()
    added = client.post(f"{inventory}ajouter/", answers(), follow=True)
    assert added.redirect_chain[-1][0] == inventory
    page = added.content.decode()
    for words in ("4 exemplaires", "Enfants autistes", "Le mardi.", "Pourquoi je vois ceci"):
        assert words in page
    line = only_line()
    assert (line.scope_institution, line.recorded_by_id) == (place.pk, referent.pk)

    change = f"{inventory}{line.pk}/"
    assert "Le mardi." in client.get(change).content.decode()
    client.post(change, answers(stage="abandonne", own_name="La visio du salon", used_by=[]))
    line = only_line()
    assert (line.stage, line.name, line.used_by) == ("abandonne", "La visio du salon", [])

    assert "Retirer « La visio du salon »" in client.get(f"{change}retirer/").content.decode()
    assert client.post(f"{change}retirer/").status_code == 302
    with as_system("test data"):
        assert not Deployment.objects.exists()


def test_two_answers_suffice(place: Institution, referent: Account, client_as: ClientAs) -> None:
    given = {"device": get_device().pk, "scope_level": "institution"}
    client_as(referent).post(f"/materiel/inventaire/{place.pk}/ajouter/", given)
    assert only_line().scope_level == Level.INSTITUTION


@pytest.mark.parametrize(
    "wrong",
    [
        {"device": ""},
        {"device": "nimporte"},
        {"quantity": "-2"},
        {"quantity": "beaucoup"},
        {"quantity": "99999999"},
        {"stage": "parfait"},
        {"used_by": ["astronaute"]},
        {"with_publics": ["martiens"]},
        {"scope_level": ""},
        {"scope_level": "restricted"},
        {"scope_level": "group"},
        {"remarks": "x" * 2001},
    ],
)
def test_bad_answers_are_said_and_nothing_is_written(
    place: Institution, referent: Account, client_as: ClientAs, wrong: dict[str, object]
) -> None:
    address = f"/materiel/inventaire/{place.pk}/ajouter/"
    response = client_as(referent).post(address, answers(**wrong))
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == wrong.keys()
    assert "est à revoir" in response.content.decode()
    with as_system("test data"):
        assert not Deployment.objects.exists()


def test_others_do_not_write(place: Institution, client_as: ClientAs) -> None:
    public, own = (make_deployment(place, level=level) for level in (Level.PUBLIC, Level.INSTITUTION))
    member, peer = make_account(), make_account()
    make_membership(member, place)
    make_membership(peer, make_institution(), is_referent=True)
    inventory = f"/materiel/inventaire/{place.pk}/"
    for account, line, expected in (
        (member, public, 403),
        (member, own, 403),
        (peer, public, 403),
        (peer, own, 404),
        (make_account("site_admin"), own, 404),
    ):
        client = client_as(account)
        for address in (f"{inventory}{line.pk}/", f"{inventory}{line.pk}/retirer/"):
            assert client.get(address).status_code == expected
            assert client.post(address, answers()).status_code == expected
        assert client.post(f"{inventory}ajouter/", answers()).status_code == 404
    assert client_as(None).get(f"{inventory}ajouter/").status_code == 302


def test_a_line_has_one_address(place: Institution, referent: Account, client_as: ClientAs) -> None:
    line, elsewhere = make_deployment(place), make_institution()
    client = client_as(referent)
    assert client.get(f"/materiel/inventaire/{elsewhere.pk}/{line.pk}/").status_code == 404


def test_each_reads_what_the_levels_say(place: Institution, client_as: ClientAs) -> None:
    for level in (Level.PUBLIC, Level.NETWORK, Level.INSTITUTION):
        make_deployment(place, level=level, own_name=f"Objet {level}")
    member, peer = make_account(), make_account()
    make_membership(member, place)
    make_membership(peer, make_institution())
    for account, seen in (
        (None, ["public"]),
        (make_account(), ["public"]),
        (peer, ["network", "public"]),
        (member, ["institution", "network", "public"]),
    ):
        client = client_as(account)
        for address in (
            f"/materiel/inventaire/{place.pk}/",
            place.get_absolute_url(),
        ):
            page = client.get(address).content.decode()
            for level in ("public", "network", "institution"):
                assert (f"Objet {level}" in page) is (level in seen), (address, level, account)


def test_a_proposed_device_is_seen_by_its_proposer_alone(
    place: Institution, referent: Account, client_as: ClientAs
) -> None:
    proposal = make_proposal(referent, "Lampe à message")
    client = client_as(referent)
    client.post(f"/materiel/inventaire/{place.pk}/ajouter/", answers(device=proposal.pk))
    colleague = make_account()
    make_membership(colleague, place)
    address = f"/materiel/inventaire/{place.pk}/"
    assert "Lampe à message" in client.get(address).content.decode()
    assert "Lampe à message" not in client_as(colleague).get(address).content.decode()


def test_a_proposal_of_somebody_else_cannot_be_chosen(
    place: Institution, referent: Account, client_as: ClientAs
) -> None:
    proposal = make_proposal(make_account())
    address = f"/materiel/inventaire/{place.pk}/ajouter/"
    response = client_as(referent).post(address, answers(device=proposal.pk))
    assert response.context["form"].errors.keys() == {"device"}


def test_our_devices_are_those_of_our_places(place: Institution) -> None:
    member = make_account()
    make_membership(member, place)
    make_deployment(place)
    make_deployment(make_institution(), get_device("easysoins"), level=Level.PUBLIC)
    with acting_as(member.pk) as asking:
        found = devices_of_institutions(asking, asking.institutions)
        assert [device.slug for device in found] == ["visioconference"]


@pytest.mark.parametrize("number", [1, 3])
def test_inventory_costs_the_same_whatever_its_length(place: Institution, client: Client, number: int) -> None:
    for _ in range(number):
        make_deployment(
            place,
            level=Level.PUBLIC,
            used_by=["educateur-specialise"],
            with_publics=["enfants-autistes"],
        )
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/materiel/inventaire/{place.pk}/")
        assert len(page.context["lines"]) == number
    assert len(queries) == INVENTORY_QUERIES, [query["sql"][:150] for query in queries]
