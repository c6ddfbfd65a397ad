"""Essayé chez nous, as different people try to tell it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import ANONYMOUS, acting_as, as_system
from nuserus.people.models import Account
from nuserus.practices.enums import Outcome
from nuserus.practices.models import Trial
from nuserus.practices.queries.sheets import for_list, sheets_visible_to
from nuserus.search.queries.search import search
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account
from tests.factories.sheets import make_member, make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _told(place: object, **fields: object) -> dict[str, object]:
    return {"outcome": "not_here", "institution": str(place), "comment": "Trop de bruit.", **fields}


def _trials() -> list[Trial]:
    with as_system("test"):
        return list(Trial.objects.order_by("reported_at"))


def test_member_of_one_place_tells_in_three_taps(client_as: ClientAs) -> None:
    place = make_institution("MAS Canari", category="255", department="24")
    member = make_member(place)
    sheet = make_sheet()
    url = reverse("sheets:trial", args=[sheet.pk])
    client = client_as(member)
    form = client.get(url).content.decode()
    assert f'<input type="hidden" name="institution" value="{place.pk}"' in form
    response = client.post(url, _told(place.pk, publics=["enfants-autistes"]), follow=True)
    page = response.content.decode()
    assert "une MAS de la Dordogne" in page
    assert "Trop de bruit." in page
    assert "Canari" not in client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    (trial,) = _trials()
    assert (trial.outcome, trial.publics, trial.scope_level) == ("not_here", ["enfants-autistes"], "public")


def test_told_again_replaces_and_never_doubles(client_as: ClientAs) -> None:
    place = make_institution()
    client = client_as(make_member(place))
    url = reverse("sheets:trial", args=[make_sheet().pk])
    client.post(url, _told(place.pk))
    assert "Changer mon essai" in client.get(url).content.decode()
    client.post(url, _told(place.pk, outcome="worked"))
    assert [trial.outcome for trial in _trials()] == ["worked"]


def test_two_people_of_a_place_count_as_one_place(client_as: ClientAs) -> None:
    place = make_institution()
    sheet = make_sheet()
    url = reverse("sheets:trial", args=[sheet.pk])
    for _ in range(2):
        client_as(make_member(place)).post(url, _told(place.pk))
    assert len(_trials()) == 2
    with acting_as(None):
        assert for_list(sheets_visible_to(ANONYMOUS)).get().step == "essaye"  # type: ignore[attr-defined]


def test_only_ones_own_is_changed_or_deleted(client_as: ClientAs) -> None:
    sheet = make_sheet()
    theirs = make_trial(sheet)
    place = make_institution()
    client = client_as(make_member(place))
    url = reverse("sheets:take_back", args=[sheet.pk, theirs.pk])
    missing = reverse("sheets:take_back", args=[sheet.pk, uuid4()])
    assert [client.post(one).status_code for one in (url, missing)] == [404, 404]
    client.post(reverse("sheets:trial", args=[sheet.pk]), _told(place.pk))
    mine = next(trial for trial in _trials() if trial.pk != theirs.pk)
    assert client.post(reverse("sheets:take_back", args=[sheet.pk, mine.pk])).status_code == 302
    assert [trial.pk for trial in _trials()] == [theirs.pk]


def test_who_may_not_tell(client_as: ClientAs) -> None:
    home, elsewhere = make_institution(), make_institution()
    sheet = make_sheet(home)
    url = reverse("sheets:trial", args=[sheet.pk])
    assert client_as(None).get(url).status_code == 302
    assert client_as(make_account()).get(url).status_code == 403
    at_home = client_as(make_member(home)).get(url)
    assert at_home.status_code == 403
    assert "Cette fiche vient de votre établissement" in at_home.content.decode()
    liar = client_as(make_member(make_institution()))
    assert liar.post(url, _told(elsewhere.pk)).status_code == 422
    assert _trials() == []


def test_hidden_sheet_is_missing(client_as: ClientAs) -> None:
    client = client_as(make_member(make_institution()))
    hidden = make_sheet(status="draft")
    codes = [client.get(reverse("sheets:trial", args=[one])).status_code for one in (hidden.pk, uuid4())]
    assert codes == [404, 404]


def test_member_of_two_places_chooses(client_as: ClientAs) -> None:
    first, second = make_institution(), make_institution()
    member = make_member(first)
    make_membership(member, second)
    client = client_as(member)
    url = reverse("sheets:trial", args=[make_sheet().pk])
    assert client.post(url, {"outcome": "worked"}).status_code == 422
    client.post(url, _told(second.pk))
    client.post(url, _told(first.pk, outcome="partly"))
    assert {(trial.institution_id, trial.outcome) for trial in _trials()} == {
        (second.pk, Outcome.NOT_HERE),
        (first.pk, Outcome.PARTLY),
    }


def test_endless_comment_is_an_error_on_the_page(client_as: ClientAs) -> None:
    place = make_institution()
    client = client_as(make_member(place))
    response = client.post(reverse("sheets:trial", args=[make_sheet().pk]), _told(place.pk, comment="x" * 2001))
    assert response.status_code == 422


def test_evaluation_by_its_author_or_a_peer_only(client_as: ClientAs) -> None:
    author = make_account()
    sheet = make_sheet(author=author)
    url = reverse("sheets:evaluate", args=[sheet.pk])
    told = {
        "by_whom": "Une équipe de recherche",
        "how": "Douze départs observés",
        "on_whom": "Cinq enfants",
        "result": "Moins de pleurs",
        "done_on": "2026-03-02",
    }
    assert client_as(make_member(make_institution())).post(url, told).status_code == 403
    assert client_as(author).post(url, {**told, "done_on": "2099-01-01"}).status_code == 422
    assert client_as(author).post(url, told).status_code == 302
    assert client_as(make_account("moderator")).post(url, told).status_code == 302
    page = client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    assert page.count("Moins de pleurs") == 2
    assert "Ajouter une évaluation" not in page


def test_ladder_climbs_in_the_index(client_as: ClientAs) -> None:
    author = make_account()
    sheet = make_sheet(author=author)
    client_as(author).post(
        reverse("sheets:evaluate", args=[sheet.pk]),
        {"by_whom": "a", "how": "b", "on_whom": "c", "result": "d", "done_on": "2026-03-02"},
    )
    with acting_as(None) as asking:
        assert search(asking, facets={"etape": ["evalue"]}).ids == (sheet.pk,)
