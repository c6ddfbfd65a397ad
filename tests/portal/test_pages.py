"""Home, my space and help, as different people meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from tests.factories.devices import make_proposal
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account, make_role
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _queries(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_home_costs_the_same_whatever_there_is(client_as: ClientAs) -> None:
    make_sheet()
    one = _queries(client_as(None), "/")
    for _number in range(4):
        make_sheet()
    assert _queries(client_as(None), "/") == one


def test_home_shows_three_sheets_and_no_draft(client_as: ClientAs) -> None:
    for number in range(4):
        make_sheet(title=f"Fiche numéro {number}")
    make_sheet(title="Pas encore prête", status=SheetStatus.DRAFT, indexed=False)
    page = client_as(None).get("/").content.decode()
    assert [f"Fiche numéro {number}" in page for number in range(4)] == [False, True, True, True]
    assert "Pas encore prête" not in page


def test_home_prefers_places_like_mine(client_as: ClientAs) -> None:
    mine = make_institution(category="183")
    make_sheet(make_institution(category="183"), title="Chez des voisins")
    for number in range(3):
        make_sheet(make_institution(category="500"), title=f"Ailleurs {number}")
    page = client_as(make_member(mine)).get("/").content.decode()
    assert "Chez des voisins" in page
    assert "comme le vôtre" in page


def test_what_waits_is_shown_to_whom_it_waits_for(client_as: ClientAs) -> None:
    place = make_institution()
    author = make_member(place)
    make_sheet(place, author, title="Ma fiche en cours", status=SheetStatus.DRAFT, indexed=False)
    referent = make_account(name="Viviane")
    make_membership(referent, place, is_referent=True)
    make_membership(make_account(name="Nouvelle"), place, status="pending")
    assert "Ma fiche en cours" in client_as(author).get("/").content.decode()
    page = client_as(referent).get("/mon-espace/").content.decode()
    assert "1 demande" in page
    assert "Ma fiche en cours" not in page


def test_my_space_says_first_where_to_begin(client_as: ClientAs) -> None:
    newcomer = client_as(make_account()).get("/mon-espace/").content.decode()
    assert "Dites où vous travaillez" in newcomer
    assert newcomer.count('href="/annuaire/">Trouver mon établissement') == 1
    member = client_as(make_member(make_institution())).get("/mon-espace/").content.decode()
    assert "Dites où vous travaillez" not in member
    relative = make_account()
    make_role(relative, Role.RELATIVE)
    assert "Dites où vous travaillez" not in client_as(relative).get("/mon-espace/").content.decode()


def test_my_space_tells_moderators_what_is_proposed(client_as: ClientAs) -> None:
    moderator = make_account()
    make_role(moderator, Role.MODERATOR)
    make_proposal(make_account())
    assert "1 matériel proposé" in client_as(moderator).get("/mon-espace/").content.decode()
    assert "matériel proposé" not in client_as(make_account()).get("/mon-espace/").content.decode()


def test_my_space_names_the_referent(client_as: ClientAs) -> None:
    referent = make_account()
    make_membership(referent, make_institution(), is_referent=True)
    assert "référent ou référente</span>" in client_as(referent).get("/mon-espace/").content.decode()


def test_my_space_needs_sign_in(client_as: ClientAs) -> None:
    response = client_as(None).get("/mon-espace/")
    assert response.status_code == 302
    assert response["Location"].startswith("/compte/connexion/?next=/mon-espace/")


def test_help_shows_every_page_of_the_guide(client_as: ClientAs) -> None:
    from nuserus.portal.queries.guide import guide_pages

    client = client_as(None)
    assert len(guide_pages()) >= 7
    for slug in guide_pages():
        address = "/aide/" if slug == "index" else f"/aide/{slug}/"
        response = client.get(address)
        assert response.status_code == 200
        assert guide_pages()[slug].title in response.content.decode()
    assert client.get("/aide/nulle-part/").status_code == 404


def test_links_of_the_guide_lead_somewhere(client_as: ClientAs) -> None:
    import re

    from nuserus.portal.queries.guide import guide_pages

    client = client_as(None)
    targets = {target for page in guide_pages().values() for target in re.findall(r'href="(/[^"#]*)', page.html)}
    broken = [target for target in sorted(targets) if client.get(target).status_code not in (200, 302)]
    assert broken == []
    relative = {target for page in guide_pages().values() for target in re.findall(r'href="([^"/#h][^"]*)', page.html)}
    assert relative == set()
