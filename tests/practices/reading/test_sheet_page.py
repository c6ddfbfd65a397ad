"""The page of a sheet, as different people open it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nuserus.people.models import Account
from nuserus.practices.enums import Contribution, Outcome, SheetStatus
from nuserus.practices.models import Contributor, Sheet
from nuserus.practices.queries.jsonld import linked_data
from nuserus.practices.views.kept import KEPT
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_evaluation, make_member, make_sheet, make_trial, withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _page(client: Client, sheet: Sheet) -> str:
    response = client.get(reverse("sheets:detail", args=[sheet.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_visitor_reads_the_simple_version_before_the_rest(client: Client) -> None:
    page = _page(client, make_sheet(happened="Deux enfants ne pleurent plus.")).partition("<main")[2]
    places = [
        page.index(words)
        for words in ("Version simple", "Nous photographions le car", "Deux enfants", "Personne n’a encore", "Nadia B.")
    ]
    assert places == sorted(places)


def test_place_is_a_kind_and_a_department_unless_its_people_say_otherwise(client: Client) -> None:
    place = make_institution("IME Canari Bleu", department="13", town_name="Trifouillis")
    page = _page(client, make_sheet(place))
    assert "un IME des Bouches-du-Rhône" in page
    assert "Canari" not in page
    assert "Trifouillis" not in page
    assert "IME Canari Bleu" in _page(client, make_sheet(place, shows_institution=True))


def test_fictitious_place_says_so(client: Client) -> None:
    assert "Exemple fictif" in _page(client, make_sheet(make_institution(is_fictitious=True)))
    assert "Exemple fictif" not in _page(client, make_sheet(make_institution(is_fictitious=False)))


@pytest.mark.parametrize("status", [SheetStatus.DRAFT, SheetStatus.IN_REVIEW, SheetStatus.TO_REWORK])
def test_unpublished_sheet_does_not_exist_for_others(client_as: ClientAs, status: SheetStatus) -> None:
    sheet = make_sheet(status=status)
    for account in (None, make_member(make_institution()), make_account("site_admin"), make_account("moderator")):
        hidden = client_as(account).get(reverse("sheets:detail", args=[sheet.pk]))
        missing = client_as(account).get(reverse("sheets:detail", args=[uuid4()]))
        assert (hidden.status_code, missing.status_code) == (404, 404)


def test_author_of_a_draft_reads_it_and_why(client_as: ClientAs) -> None:
    author = make_account()
    page = _page(client_as(author), make_sheet(author=author, status=SheetStatus.DRAFT))
    assert "Pourquoi je vois ceci" in page
    assert "Vous en êtes l’auteur ou l’autrice." in page
    assert "ld+json" not in page


def test_published_sheet_has_no_why(client: Client) -> None:
    assert "Pourquoi je vois ceci" not in _page(client, make_sheet())


def test_withdrawn_sheet_is_gone_and_says_nothing_of_itself(client: Client) -> None:
    sheet = make_sheet(title="Secret de polichinelle")
    child = make_sheet(origin=sheet, title="La suite chez nous")
    withdraw(sheet)
    response = client.get(reverse("sheets:detail", args=[sheet.pk]))
    page = response.content.decode()
    assert response.status_code == 410
    assert "polichinelle" not in page
    assert "La suite chez nous" in page
    descendant = _page(client, child)
    assert "polichinelle" not in descendant
    assert "Une fiche qui n’est plus publiée" in descendant


def test_trials_show_kind_of_place_and_never_its_name(client: Client) -> None:
    sheet = make_sheet()
    place = make_institution("MAS Canari Rouge", category="255", department="24")
    make_trial(
        sheet, place, outcome=Outcome.NOT_HERE, publics=["adultes-autistes"], comment="Le bruit du car a tout gâché."
    )
    page = _page(client, sheet)
    assert "une MAS de la Dordogne" in page
    assert "n’a pas marché chez nous" in page
    assert "Le bruit du car a tout gâché." in page
    assert "Adultes autistes" in page
    assert "Canari" not in page


def test_failures_count_as_much_as_successes(client: Client) -> None:
    sheet = make_sheet()
    for outcome in (Outcome.WORKED, Outcome.NOT_HERE, Outcome.NOT_HERE):
        make_trial(sheet, outcome=outcome)
    page = _page(client, sheet)
    assert "3 essais racontés" in page
    figures = re.findall(r'nu-table__figure">(\d+)</td>', page)
    assert figures == ["1", "0", "2"]


def test_family_tree_and_thanks(client: Client) -> None:
    origin = make_sheet(title="La première", credit="Léa D.")
    child = make_sheet(origin=origin, title="La deuxième", credit="Omar F.")
    page = _page(client, child)
    assert "Merci à la fiche d’origine" in page
    assert "Léa D." in page
    root = _page(client, origin)
    assert "La deuxième" in root
    assert "un autre lieu en a fait sa propre fiche" in root


def test_evaluation_is_shown_and_is_the_top_of_the_ladder(client: Client) -> None:
    sheet = make_sheet()
    make_evaluation(sheet)
    page = _page(client, sheet)
    assert "Moins de pleurs au départ." in page
    assert re.search(r'nu-ladder__here" aria-current="step">évalué', page)


def test_linked_data_cannot_leave_its_script(client: Client) -> None:
    sheet = make_sheet(title="</script><script>alert(1)</script>")
    page = _page(client, sheet)
    assert "<script>alert" not in page
    found = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page)
    assert found is not None
    data = json.loads(found[1])
    assert data["name"] == "</script><script>alert(1)</script>"
    assert data["@type"] == ["HowTo", "CreativeWork"]
    assert data["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert [step["text"] for step in data["step"]] == [
        "Nous photographions le car.",
        "Chaque vendredi, l’enfant range les photos.",
    ]


def test_linked_data_credits_a_reviewer_without_making_them_an_author() -> None:
    people = [
        Contributor(name="Léa D.", contribution=Contribution.WRITING),
        Contributor(name="Éric M.", contribution=Contribution.REVIEW),
    ]
    data = linked_data(
        make_sheet(), address="https://a/", origin_address="", cards=[], contributors=people, keywords=[], tools=[]
    )
    assert [person["name"] for person in data["author"]] == ["Léa D."]
    assert [person["name"] for person in data["contributor"]] == ["Éric M."]


def test_linked_data_never_names_the_place(client: Client) -> None:
    page = _page(client, make_sheet(make_institution("IME Canari Vert")))
    assert "Canari" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_page_asks_few_queries(client_as: ClientAs, count: int) -> None:
    sheet = make_sheet()
    for _ in range(count):
        make_trial(sheet)
        make_sheet(origin=sheet)
    client = client_as(make_member(make_institution()))
    _page(client, sheet)
    KEPT.clear()
    assert [_asked_of_sheets(client, sheet) for _ in range(2)] == [12, 1]


def _asked_of_sheets(client: Client, sheet: Sheet) -> int:
    with CaptureQueriesContext(connection) as queries:
        _page(client, sheet)
    return sum("practices_" in query["sql"] or "nuserus_related" in query["sql"] for query in queries)
