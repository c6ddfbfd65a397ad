"""Two people in one question: each sees the other, and neither text is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.missions import grant_mission
from nuserus.people.models import Account
from nuserus.practices.models import AnswerSave, Presence, Sheet
from nuserus.practices.queries.together import both_texts
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_draft

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account], Client]


@pytest.fixture
def shared() -> tuple[Sheet, Account]:
    """A draft, and a co-author named on it."""
    sheet, other = make_draft(), make_account(name="Claire")
    with acting_as(sheet.author_id):
        grant_mission(sheet.pk, other.pk)
    return sheet, other


def address(sheet: Sheet, name: str = "question") -> str:
    return reverse(f"telling:{name}", args=[sheet.pk, "intention"])


def conflict(client_as: ClientAs, sheet: Sheet, other: Account, **more: str) -> tuple[Client, object]:
    """The other saved first; the author sends the page that they had opened before."""
    answer(sheet, other, "intention", {"intention": "Que chacun sache."})
    author = client_as(sheet.author)
    return author, author.post(address(sheet), {"intention": "Moins de cris.", "revision": "0", **more})


def test_each_is_told_of_the_other_and_nobody_else_is(client_as: ClientAs, shared: tuple[Sheet, Account]) -> None:
    sheet, other = shared
    author = client_as(sheet.author)
    assert "écrit aussi" not in author.get(address(sheet)).content.decode()
    answer(sheet, other, "intention", {"intention": "Que chacun sache."})
    said = author.get(address(sheet, "present") + "?revision=0", headers=PART).content.decode()
    assert "Claire écrit aussi sur cette question" in said and "plus récent" in said
    assert "plus récent" not in author.get(address(sheet, "present") + "?revision=1", headers=PART).content.decode()
    assert "Claire écrit aussi" in author.get(address(sheet)).content.decode()
    assert "écrit aussi" not in client_as(other).get(address(sheet, "present"), headers=PART).content.decode()
    assert client_as(make_account()).get(address(sheet, "present"), headers=PART).status_code == 404
    assert author.get(address(sheet, "present")).status_code == 302
    with as_system("test data"):
        Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert "il y a 2 min" in author.get(address(sheet, "present"), headers=PART).content.decode()
    with as_system("test data"):
        Presence.objects.update(seen_at=timezone.now() - timedelta(minutes=4))
    assert "écrit aussi" not in author.get(address(sheet, "present"), headers=PART).content.decode()


def test_a_conflict_offers_mine_theirs_or_both(client_as: ClientAs, shared: tuple[Sheet, Account]) -> None:
    sheet, other = shared
    author, reply = conflict(client_as, sheet, other)
    said = reply.content.decode()
    assert reply.status_code == 409
    assert "Garder mon texte" in said and "Garder l’autre texte" in said and "Garder les deux" in said
    assert "Que chacun sache." in said and "Moins de cris." in said
    both = author.post(
        address(sheet), {"intention": "Que chacun sache.\n\nMoins de cris.", "revision": "1", "do": "both"}
    )
    assert both.status_code == 302 and both["Location"] == address(sheet)
    assert get_sheet(sheet).intention == "Que chacun sache.\n\nMoins de cris."


def test_mine_replaces_and_theirs_stays_in_its_history(client_as: ClientAs, shared: tuple[Sheet, Account]) -> None:
    sheet, other = shared
    author, _reply = conflict(client_as, sheet, other)
    author.post(address(sheet), {"intention": "Moins de cris.", "revision": "1"})
    assert get_sheet(sheet).intention == "Moins de cris."
    theirs = client_as(other).get(address(sheet, "before")).content.decode()
    assert "Que chacun sache." in theirs and "Moins de cris." not in theirs
    mine = author.get(address(sheet, "before")).content.decode()
    assert "Moins de cris." in mine and "gardé à côté" in mine and "Que chacun sache." not in mine


def test_theirs_stays_and_mine_is_in_my_history(client_as: ClientAs, shared: tuple[Sheet, Account]) -> None:
    sheet, other = shared
    author, _reply = conflict(client_as, sheet, other)
    assert "Que chacun sache." in author.get(address(sheet)).content.decode()
    assert get_sheet(sheet).intention == "Que chacun sache."
    with acting_as(sheet.author_id):
        (kept,) = AnswerSave.objects.filter(question="intention")
    assert kept.refused and kept.fields["intention"] == "Moins de cris."


@pytest.mark.parametrize(
    ("theirs", "mine", "both"),
    [
        ({"intention": "A"}, {"intention": "B"}, {"intention": "A\n\nB"}),
        ({"intention": "A et B"}, {"intention": "B"}, {"intention": "A et B"}),
        ({"intention": ""}, {"intention": "B"}, {"intention": "B"}),
        ({"publics": ["a", "b"]}, {"publics": ["b", "c"]}, {"publics": ["a", "b", "c"]}),
        ({"title": "Le car"}, {"title": "Photos"}, {"title": "Le car, Photos"}),
        ({"evidence": "recit"}, {"evidence": "observe"}, {"evidence": "observe"}),
        ({"name_1": "Nadia", "contribution_1": "photo"}, {"name_1": "Ali", "contribution_1": "temoin"},
         {"name_1": "Nadia, Ali", "contribution_1": "temoin"}),
    ],
)  # fmt: skip
def test_both_texts_lose_nothing(theirs: dict[str, object], mine: dict[str, object], both: dict[str, object]) -> None:
    assert both_texts(theirs, mine) == both
