"""« Se former »: notions, sessions, links from sheets, resources."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.foundation.asking import acting_as, as_system
from nuserus.learning.enums import CONCEPTS, SESSIONS, ResourceStatus
from nuserus.learning.models import Illustration, Resource
from nuserus.people.enums import Role
from nuserus.people.models import Account
from tests.factories.directory import make_institution
from tests.factories.learning import make_illustration, make_resource
from tests.factories.people import make_account
from tests.factories.sheets import make_member, make_sheet, withdraw

pytestmark = pytest.mark.usefixtures("database")

ClientAs = Callable[[Account], Client]


def test_lists_point_at_what_is_there() -> None:
    near = {slug for concept in CONCEPTS.values() for slug in concept.near}
    worked_on = {slug for session in SESSIONS.values() for slug in session.concepts}
    assert near | worked_on <= set(CONCEPTS)
    assert all(concept.slug not in concept.near for concept in CONCEPTS.values())


def test_a_visitor_reads_every_notion_and_session(client: Client) -> None:
    index = client.get("/se-former/").content.decode()
    for concept in CONCEPTS.values():
        assert f"/se-former/{concept.slug}/" in index
        assert concept.title in client.get(f"/se-former/{concept.slug}/").content.decode()
    for session in SESSIONS.values():
        page = client.get(f"/se-former/seances/{session.slug}/")
        assert session.steps[0] in page.content.decode().replace("&#x27;", "'")
    assert client.get("/se-former/rien/").status_code == 404
    assert client.get("/se-former/seances/rien/").status_code == 404


def test_a_notion_shows_the_sheets_that_its_words_find(client: Client) -> None:
    sheet = make_sheet(title="Les démarches à deux, avec la médiatrice", indexed=True)
    page = client.get("/se-former/acces-droits/").content.decode()
    assert f"/pratiques/{sheet.pk}/" in page


def test_a_professional_links_a_sheet_and_takes_the_link_away(client_as: ClientAs, client: Client) -> None:
    member, sheet = make_member(make_institution()), make_sheet(title="La souris se rend")
    browser = client_as(member)
    browser.post(f"/se-former/fiches/{sheet.pk}/", {"concept": "mediation", "words": "Voir qui tient la souris."})
    page = client.get("/se-former/mediation/").content.decode()
    assert "La souris se rend" in page and "Voir qui tient la souris." in page
    again = browser.post(f"/se-former/fiches/{sheet.pk}/", {"concept": "mediation"}).content.decode()
    assert "déjà reliée" in again
    with as_system("test"):
        link = Illustration.objects.get()
    stranger = client_as(make_member(make_institution()))
    assert stranger.post(f"/se-former/fiches/{sheet.pk}/{link.pk}/retirer/").status_code == 403
    moderator = client_as(make_account(Role.MODERATOR))
    assert moderator.post(f"/se-former/fiches/{sheet.pk}/{link.pk}/retirer/").status_code == 302
    assert "La souris se rend" not in client.get("/se-former/mediation/").content.decode()


def test_a_sheet_has_five_notions_at_most(client_as: ClientAs) -> None:
    member, sheet = make_member(make_institution()), make_sheet()
    browser = client_as(member)
    for concept in list(CONCEPTS)[:6]:
        reply = browser.post(f"/se-former/fiches/{sheet.pk}/", {"concept": concept})
    assert "déjà cinq notions" in reply.content.decode()
    with as_system("test"):
        assert Illustration.objects.count() == 5


def test_who_is_not_verified_links_nothing(client_as: ClientAs) -> None:
    sheet = make_sheet()
    browser = client_as(make_account())
    assert browser.post(f"/se-former/fiches/{sheet.pk}/", {"concept": "mediation"}).status_code == 403
    assert "Relier à une notion" not in browser.get(f"/se-former/fiches/{sheet.pk}/").content.decode()


def test_a_withdrawn_sheet_leaves_its_notions(client: Client) -> None:
    member = make_member(make_institution())
    sheet = make_sheet(title="Retirée depuis")
    make_illustration(sheet, member, words="On le voyait bien.")
    withdraw(sheet)
    page = client.get("/se-former/mediation/").content.decode()
    assert "Retirée depuis" not in page and "On le voyait bien." not in page
    assert client.get(f"/se-former/fiches/{sheet.pk}/").status_code in {404, 410}


def test_nobody_accepts_what_they_proposed(client_as: ClientAs) -> None:
    moderator = make_account(Role.MODERATOR)
    resource = make_resource(moderator)
    address = f"/se-former/ressources/propositions/{resource.pk}/"
    said = client_as(moderator).post(address, {"decision": "accept"}, follow=True).content.decode()
    assert "une autre personne de la modération décide" in said
    client_as(make_account(Role.MODERATOR)).post(address, {"decision": "accept"})
    with acting_as(None):
        assert Resource.objects.get().status == ResourceStatus.ACCEPTED


def test_a_resource_is_public_once_a_moderator_accepted_it(client_as: ClientAs, client: Client) -> None:
    member = make_member(make_institution())
    told = {
        "title": "Le silence qui aide", "address": "https://exemple.test/silence", "kind": "listening",
        "words": "Une séance commentée.", "minutes": "20", "is_free": "on", "concepts": ["mediation"],
    }  # fmt: skip
    browser = client_as(member)
    assert browser.post("/se-former/ressources/proposer/", told).status_code == 302
    assert "Le silence qui aide" in browser.get("/se-former/ressources/").content.decode()
    assert "Le silence qui aide" not in client.get("/se-former/ressources/").content.decode()
    with as_system("test"):
        resource = Resource.objects.get()
    moderator = client_as(make_account(Role.MODERATOR))
    assert "Le silence qui aide" in moderator.get("/se-former/ressources/propositions/").content.decode()
    moderator.post(f"/se-former/ressources/propositions/{resource.pk}/", {"decision": "accept"})
    assert "Le silence qui aide" in client.get("/se-former/mediation/").content.decode()
    late = moderator.post(f"/se-former/ressources/propositions/{resource.pk}/", {"decision": "accept"}, follow=True)
    assert "déjà reçu une réponse" in late.content.decode()


def test_a_refusal_has_a_reason_that_its_author_reads(client_as: ClientAs) -> None:
    member = make_member(make_institution())
    resource = make_resource(member)
    moderator = client_as(make_account(Role.MODERATOR))
    address = f"/se-former/ressources/propositions/{resource.pk}/"
    moderator.post(address, {"decision": "refuse", f"{resource.pk}-answer": " "})
    with as_system("test"):
        resource.refresh_from_db()
    assert resource.status == ResourceStatus.PROPOSED
    moderator.post(address, {"decision": "refuse", f"{resource.pk}-answer": "La page n’existe plus."})
    assert "La page n’existe plus." in client_as(member).get("/se-former/ressources/").content.decode()


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://exemple.test/x", "pas une adresse"]
)
def test_an_address_that_is_no_page_is_refused_in_words(client_as: ClientAs, address: str) -> None:
    browser = client_as(make_member(make_institution()))
    told = {"title": "Titre gardé", "address": address, "kind": "reading", "words": "Mots."}
    page = browser.post("/se-former/ressources/proposer/", told).content.decode()
    assert "Cette adresse ne convient pas" in page and "Titre gardé" in page
    with as_system("test"):
        assert not Resource.objects.exists()


def test_five_proposals_wait_at_most(client_as: ClientAs) -> None:
    member = make_member(make_institution())
    for number in range(5):
        make_resource(member, title=f"Ressource {number}")
    told = {"title": "Une de trop", "address": "https://exemple.test/", "kind": "reading", "words": "Mots."}
    page = client_as(member).post("/se-former/ressources/proposer/", told).content.decode()
    assert "attendent déjà une réponse" in page and "Une de trop" in page


def test_nobody_makes_a_proposal_public_below_the_program() -> None:
    member = make_member(make_institution())
    resource = make_resource(member)
    with acting_as(member.pk):
        changed = Resource.objects.filter(pk=resource.pk)
        assert changed.exists()
        with pytest.raises(Exception, match="row-level security"):
            changed.update(scope_level="public", status="accepted")


@pytest.mark.parametrize("number", [1, 4])
def test_a_notion_asks_few_queries(client: Client, number: int) -> None:
    member = make_member(make_institution())
    for _ in range(number):
        make_illustration(make_sheet(), member)
    client.get("/se-former/mediation/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/se-former/mediation/")
    assert len(queries) == 14
