"""The first page: what it costs, what peers ask, the campaign, and from a need to a search."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from nuserus.portal.queries.needs import NEEDS
from nuserus.portal.views import home as first_page
from tests.factories.community import make_campaign, make_question
from tests.factories.devices import make_deployment
from tests.factories.directory import make_institution
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

VISITOR = 4
MEMBER = 12


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    first_page._OFFERED.clear()
    first_page._BANNERS.clear()


def queries(client: Client) -> int:
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/").status_code == 200
    return len(captured)


def test_home_asks_little_and_the_same_whatever_there_is(client_as: ClientAs) -> None:
    place = make_institution()
    make_deployment(place)
    member = client_as(make_member(place))
    for _round in range(2):
        for _number in range(4):
            make_sheet()
            make_question()
        assert queries(client_as(None)) == VISITOR
        assert queries(member) == MEMBER


def test_unanswered_questions_are_for_those_who_may_read_them(client_as: ClientAs) -> None:
    make_question(title="CANARI-RESEAU", level=Level.NETWORK)
    make_question(title="Question à tous", level=Level.PUBLIC)
    visitor = client_as(None).get("/").content.decode()
    assert "CANARI-RESEAU" not in visitor
    assert "Question à tous" in visitor
    member = client_as(make_member(make_institution())).get("/").content.decode()
    assert "CANARI-RESEAU" in member


def test_campaign_under_way_is_on_the_first_page(client_as: ClientAs) -> None:
    assert 'id="campagne"' not in client_as(None).get("/").content.decode()
    first_page._OFFERED.clear()
    first_page._BANNERS.clear()
    campaign = make_campaign()
    for person in (None, make_member(make_institution())):
        assert str(campaign.pk) in client_as(person).get("/").content.decode()


def test_sheets_with_our_devices_count_as_places_like_ours(client_as: ClientAs) -> None:
    place = make_institution(category="183")
    held = make_deployment(place)
    make_sheet(make_institution(category="500"), title="Avec notre matériel", devices=[held.device.slug])
    for number in range(3):
        make_sheet(make_institution(category="500"), title=f"Sans rapport {number}", devices=["autre-chose"])
    page = client_as(make_member(place)).get("/").content.decode()
    assert "Avec notre matériel" in page


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ({"besoin": "1"}, {"q": NEEDS[0].query}),
        ({"besoin": "2", "mots": "ignoré", "public": ""}, {"q": NEEDS[1].query}),
        ({"besoin": "autre", "mots": "dormir sans crier"}, {"q": "dormir sans crier"}),
    ],
)
def test_need_leads_to_a_search(asked: dict[str, str], leads: dict[str, str], client_as: ClientAs) -> None:
    response = client_as(None).get("/besoin/", asked)
    assert response.status_code == 302
    assert response["Location"].startswith("/pratiques/?q=")
    assert client_as(None).get(response["Location"]).context["asked"].q == leads["q"]


def test_need_for_somebody_keeps_for_whom_and_what_is_found_nowhere_is_asked_to_peers(client_as: ClientAs) -> None:
    from nuserus.practices.queries.labels import labels

    public = next(iter(labels().publics))
    asked = {"besoin": "autre", "mots": "zzyzx", "public": public}
    response = client_as(None).get("/besoin/", asked)
    assert f"public={public}" in response["Location"]
    member = client_as(make_member(make_institution()))
    assert "/questions/poser/" in member.get(response["Location"]).content.decode()


@pytest.mark.parametrize("asked", [{"besoin": "autre", "mots": " "}, {"besoin": "99"}, {"mots": "x"}])
def test_need_that_is_not_said_is_asked_again(asked: dict[str, str], client_as: ClientAs) -> None:
    response = client_as(None).get("/besoin/", asked)
    assert response.status_code == 422
    assert "à revoir" in response.content.decode()
