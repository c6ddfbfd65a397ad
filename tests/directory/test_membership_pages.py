"""Joining an institution, and answering those who ask."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.directory.enums import MAX_PENDING, MembershipStatus
from nuserus.directory.models import Membership
from nuserus.directory.queries import requests_waiting_for
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

PENDING = MembershipStatus.PENDING
# session, account, transaction (2), who asks (2), institution, count, rows
MEMBERS_QUERIES = 8


def status_of(membership: Membership) -> tuple[str, bool]:
    with as_system("test data"):
        membership.refresh_from_db()
    return membership.status, membership.is_referent


def test_a_person_asks_and_sees_that_it_waits(client_as: ClientAs) -> None:
    place, account = make_institution(), make_account(trade="educateur-specialise")
    client = client_as(account)
    address = f"/annuaire/{place.pk}/rejoindre/"
    assert client.get(address).status_code == 200
    response = client.post(address, {"message": "Unité des grands"}, follow=True)
    assert response.redirect_chain[-1][0] == place.get_absolute_url()
    assert "Votre demande attend une réponse" in response.content.decode()
    with acting_as(account.pk):
        membership = Membership.objects.get()
    assert (membership.status, membership.message) == (PENDING, "Unité des grands")
    assert client.get(address).status_code == 302


def test_asking_twice_or_too_often_says_so(client_as: ClientAs) -> None:
    account = make_account()
    places = [make_institution() for _ in range(MAX_PENDING + 1)]
    for place in places[:-1]:
        make_membership(account, place, status=PENDING)
    client = client_as(account)
    twice = client.post(f"/annuaire/{places[0].pk}/rejoindre/")
    assert "Vous l’avez déjà demandé" in twice.content.decode()
    too_many = client.post(f"/annuaire/{places[-1].pk}/rejoindre/")
    assert "Vous avez déjà 5 demandes en attente" in too_many.content.decode()


def test_bad_answers_are_said_in_words(client_as: ClientAs) -> None:
    place = make_institution()
    client = client_as(make_account())
    for answers in ({"trade": "nimporte"}, {"message": "x" * 501}):
        response = client.post(f"/annuaire/{place.pk}/rejoindre/", answers)
        assert response.status_code == 200
        assert response.context["form"].errors


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    place = make_institution()
    for page in ("rejoindre", "quitter", "membres"):
        assert client.get(f"/annuaire/{place.pk}/{page}/").status_code == 302
    assert client.get("/annuaire/demandes/").status_code == 302


def test_referent_confirms_names_and_ends(client_as: ClientAs) -> None:
    place, referent, asker = make_institution(), make_account(), make_account(name="Dominique")
    make_membership(referent, place, is_referent=True)
    request = make_membership(asker, place, status=PENDING, message="Je suis de nuit")
    client = client_as(referent)
    assert "1 demande attend votre réponse" in client.get(place.get_absolute_url()).content.decode()
    page = client.get(f"/annuaire/{place.pk}/membres/").content.decode()
    assert "Dominique" in page
    assert "Je suis de nuit" in page
    assert "Pourquoi je vois ceci" in page
    address = f"/annuaire/membres/{request.pk}/"
    for decision, expected in (
        ("confirm", ("confirmed", False)),
        ("name_referent", ("confirmed", True)),
        ("release_referent", ("confirmed", False)),
        ("end", ("ended", False)),
    ):
        assert client.post(address, {"decision": decision}).status_code == 302
        assert status_of(request) == expected
    late = client.post(address, {"decision": "confirm"}, follow=True)
    assert "déjà reçu une réponse" in late.content.decode()
    assert client.post(address, {"decision": "danser"}).status_code == 400
    assert client.post(address).status_code == 400


def test_referent_refuses(client_as: ClientAs) -> None:
    place, referent = make_institution(), make_account()
    make_membership(referent, place, is_referent=True)
    request = make_membership(make_account(), place, status=PENDING)
    client_as(referent).post(f"/annuaire/membres/{request.pk}/", {"decision": "refuse"})
    assert status_of(request) == ("refused", False)


def test_members_page_does_not_exist_for_others(client_as: ClientAs) -> None:
    place, member, elsewhere = make_institution(), make_account(), make_account()
    make_membership(member, place)
    make_membership(elsewhere, make_institution(), is_referent=True)
    request = make_membership(make_account(), place, status=PENDING)
    for account in (member, elsewhere, make_account("reviewer"), make_account("site_admin")):
        client = client_as(account)
        assert client.get(f"/annuaire/{place.pk}/membres/").status_code == 404
        answer = client.post(f"/annuaire/membres/{request.pk}/", {"decision": "confirm"})
        assert answer.status_code == 404
    assert status_of(request) == ("pending", False)


def test_one_does_not_answer_oneself(client_as: ClientAs) -> None:
    place, moderator = make_institution(), make_account("moderator")
    request = make_membership(moderator, place, status=PENDING)
    response = client_as(moderator).post(f"/annuaire/membres/{request.pk}/", {"decision": "confirm"})
    assert response.status_code == 403
    assert status_of(request) == ("pending", False)


def test_asker_gets_403_on_her_own_request(client_as: ClientAs) -> None:
    request = make_membership(make_account(), make_institution(), status=PENDING)
    with as_system("test data"):
        account = Account.objects.get(pk=request.account_id)
    response = client_as(account).post(f"/annuaire/membres/{request.pk}/", {"decision": "confirm"})
    assert response.status_code == 403


def test_moderators_are_told_of_places_without_referent_only(client_as: ClientAs) -> None:
    with_referent, without = make_institution(), make_institution("Foyer sans référent")
    make_membership(make_account(), with_referent, is_referent=True)
    make_membership(make_account(), with_referent, status=PENDING)
    waiting = make_membership(make_account(name="Sacha"), without, status=PENDING)
    moderator = make_account("moderator")
    with acting_as(moderator.pk) as asking:
        assert list(requests_waiting_for(asking)) == [waiting]
    page = client_as(moderator).get("/annuaire/demandes/").content.decode()
    assert "Foyer sans référent" in page
    assert client_as(make_account()).get("/annuaire/demandes/").status_code == 404
    client_as(moderator).post(f"/annuaire/membres/{waiting.pk}/", {"decision": "confirm"})
    asked = client_as(moderator).post(f"/annuaire/membres/{waiting.pk}/", {"decision": "name_referent"})
    assert asked["Location"] == f"/annuaire/membres/{waiting.pk}/verifier/"
    assert status_of(waiting) == ("confirmed", False)
    client_as(moderator).post(asked["Location"], {"how_checked": "Appel au secrétariat ce matin."})
    assert status_of(waiting) == ("confirmed", True)


def test_leaving(client_as: ClientAs) -> None:
    place, account = make_institution(), make_account()
    membership = make_membership(account, place, is_referent=True)
    client = client_as(account)
    address = f"/annuaire/{place.pk}/quitter/"
    assert "Ce qui suivra si ce lieu n’a plus de référent" in client.get(address).content.decode()
    assert "lisez ce qui suivra" in client.post(address).content.decode()
    assert status_of(membership) == ("confirmed", True)
    assert client.post(address, {"knows_what_follows": "on"}).status_code == 302
    assert status_of(membership) == ("ended", False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_members_page_costs_the_same_whatever_its_length(client_as: ClientAs, number: int) -> None:
    place, referent = make_institution(), make_account()
    make_membership(referent, place, is_referent=True)
    for _ in range(number):
        make_membership(make_account(), place, status=PENDING)
    client = client_as(referent)
    with CaptureQueriesContext(connection) as queries:
        page = client.get(f"/annuaire/{place.pk}/membres/").context["page"]
        assert len(page) == number + 1
    assert len(queries) == MEMBERS_QUERIES, [query["sql"][:150] for query in queries]
