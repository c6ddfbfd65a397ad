"""Sheets on the pages of devices and places, and those that home shows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nuserus.directory.models import Public
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.queries.listing import sheet_cards
from nuserus.practices.queries.sheets import (
    latest_sheets,
    sheets_about_device,
    sheets_for_institutions_like,
    sheets_of_institution,
)
from tests.factories.directory import make_institution
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_device_page_lists_its_sheets(client: Client) -> None:
    make_sheet(title="Avec un robot", devices=["robot-nao"])
    make_sheet(title="Brouillon au robot", devices=["robot-nao"], status=SheetStatus.DRAFT)
    make_sheet(title="Avec une tablette")
    page = client.get(reverse("devices:device", args=["robot-nao"])).content.decode()
    assert "Fiches à propos" in page
    assert "Avec un robot" in page
    assert "Brouillon au robot" not in page
    assert "Avec une tablette" not in page


def test_place_page_lists_only_sheets_that_name_it(client_as: ClientAs) -> None:
    place = make_institution()
    make_sheet(place, title="Nommée", shows_institution=True)
    make_sheet(place, title="Sans nom")
    address = reverse("directory:institution", args=[place.pk])
    visitor = client_as(None).get(address).content.decode()
    assert "Nommée" in visitor
    assert "Sans nom" not in visitor
    assert "Sans nom" in client_as(make_member(place)).get(address).content.decode()


def test_latest_sheets_are_published_and_newest_first() -> None:
    for title in ("Un", "Deux", "Trois", "Quatre"):
        make_sheet(title=title)
    make_sheet(title="Brouillon", status=SheetStatus.DRAFT)
    with acting_as(None) as asking:
        assert [sheet.title for sheet in latest_sheets(asking)] == ["Quatre", "Trois", "Deux"]


def test_sheets_of_places_like_mine_come_first_and_mine_never() -> None:
    with as_system("test"):
        same_people = Public.objects.get(slug="jeunes-majeurs")
    mine = make_institution(category="255", publics=[same_people])
    make_sheet(make_institution(category="500", publics=[same_people]), title="Mêmes personnes")
    make_sheet(make_institution(category="255"), title="Même type de lieu")
    make_sheet(mine, title="La nôtre")
    make_sheet(make_institution(category="500"), title="Autre lieu")
    with acting_as(None) as asking:
        found = sheets_for_institutions_like(asking, [mine.pk])
        assert [sheet.title for sheet in found] == ["Même type de lieu", "Mêmes personnes", "Autre lieu"]
        assert [sheet.title for sheet in sheets_for_institutions_like(asking, [])][:1] == ["Autre lieu"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_as_much_for_one_as_for_three(count: int) -> None:
    place = make_institution()
    for _ in range(count):
        make_sheet(place, shows_institution=True)
    with acting_as(None) as asking:
        sheet_cards(latest_sheets(asking))
        for found, asked in (
            (lambda: latest_sheets(asking), 2),
            (lambda: sheets_about_device(asking, "tablette"), 2),
            (lambda: sheets_of_institution(asking, place.pk), 2),
        ):
            with CaptureQueriesContext(connection) as queries:
                assert len(sheet_cards(found())) == count
            assert len(queries) == asked
