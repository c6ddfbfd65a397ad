"""A page kept in memory is always the page that would be rendered now."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nuserus.foundation.asking import as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import Contribution
from nuserus.practices.models import Card, Contributor, Picture, Sheet, Trial
from nuserus.practices.views.kept import KEPT
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_evaluation, make_member, make_sheet, make_trial, withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _words(client: Client, sheet: Sheet) -> str:
    """The page without what is new in each answer."""
    page = client.get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    return re.sub(r'nonce="[^"]+"|csrf[^>]+|X-CSRFToken[^>]+', "", page)


def _rename_place(sheet: Sheet) -> None:
    sheet.institution.name = "IME Renommé"  # type: ignore[union-attr]
    sheet.institution.save()  # type: ignore[union-attr]


CHANGES: dict[str, Callable[[Sheet], object]] = {
    "sheet": lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(watch_for="La pluie"),
    "card": lambda sheet: Card.objects.filter(sheet=sheet, position=0).update(text="Autrement"),
    "contributor": lambda sheet: Contributor.objects.create(sheet=sheet, name="Zoé", contribution=Contribution.PHOTO),
    "origin": lambda sheet: Sheet.objects.filter(pk=sheet.adapted_from_id).update(title="Origine rebaptisée"),
    "place": _rename_place,
    "trial": lambda sheet: Trial.objects.filter(sheet=sheet).update(comment="Vu autrement"),
    "picture": lambda sheet: Picture.objects.create(
        sheet=sheet, file="a.jpg", small="b.jpg", alternative="Un car", width=1, height=1, is_cover=True
    ),
    "related": lambda sheet: Sheet.objects.filter(title="Cousine").update(title="Cousine lointaine"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_read_at_once(client: Client, change: str) -> None:
    sheet = make_sheet(make_institution("IME Nommé"), origin=make_sheet(title="Origine"), shows_institution=True)
    make_trial(sheet)
    make_sheet(title="Cousine")
    before = _words(client, sheet)
    assert _words(client, sheet) == before
    with as_system("test"):
        CHANGES[change](sheet)
    after = _words(client, sheet)
    assert after != before
    KEPT.clear()
    assert _words(client, sheet) == after


def test_new_trials_evaluations_and_adaptations_are_read_at_once(client: Client) -> None:
    sheet = make_sheet()
    seen = {_words(client, sheet)}
    make_trial(sheet)
    seen.add(_words(client, sheet))
    make_evaluation(sheet)
    seen.add(_words(client, sheet))
    child = make_sheet(origin=sheet)
    seen.add(_words(client, sheet))
    withdraw(child)
    seen.add(_words(client, sheet))
    assert len(seen) == 5


def test_a_sheet_taken_back_is_gone_at_once(client: Client) -> None:
    sheet = make_sheet(title="Adieu")
    assert "Adieu" in _words(client, sheet)
    withdraw(sheet)
    assert "Adieu" not in _words(client, sheet)


def test_what_is_kept_for_visitors_holds_nothing_of_an_author(client_as: ClientAs) -> None:
    author = make_account()
    sheet = make_sheet(author=author)
    assert "Modifier la fiche" in _words(client_as(author), sheet)
    assert "Modifier la fiche" not in _words(client_as(None), sheet)
    assert "Modifier la fiche" in _words(client_as(author), sheet)


def test_members_share_what_is_kept_and_nothing_of_who_came_first(client_as: ClientAs) -> None:
    place = make_institution()
    sheet = make_sheet()
    reporter, first, second = (make_member(place, name=name) for name in ("Rose", "Aline", "Bachir"))
    make_trial(sheet, place, reporter, comment="Avec des gants")
    assert "Modifier mon essai" in _words(client_as(reporter), sheet)
    assert "Modifier mon essai" not in _words(client_as(first), sheet)
    with CaptureQueriesContext(connection) as queries:
        page = _words(client_as(second), sheet)
    assert "Avec des gants" in page and "Adapter chez nous" in page
    assert sum("practices_" in query["sql"] for query in queries) == 1
    assert "Adapter chez nous" not in _words(client_as(make_account()), sheet)
    assert "Ajouter une évaluation" in _words(client_as(make_account(Role.REVIEWER)), sheet)
    assert "Ajouter une évaluation" not in _words(client_as(first), sheet)


def test_a_kept_page_asks_two_questions(client: Client) -> None:
    sheet = make_sheet()
    _words(client, sheet)
    with CaptureQueriesContext(connection) as queries:
        _words(client, sheet)
    assert len(queries) == 5, [query["sql"][:90] for query in queries]
