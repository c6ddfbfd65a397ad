"""Words written before they had a card: moved to one, and read by nobody else until somebody agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.models import Sheet
from tests.factories.people import make_account
from tests.factories.practices import make_published

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

MOVE = import_module("nuserus.facilitation.migrations.0002_words_to_their_card").MOVE
SAID = "Rouge fini, panier"


@pytest.fixture
def old_field(database: None) -> Iterator[Callable[[Sheet, str], None]]:
    """The column as it was, with words in it; gone again after the test."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE practices_sheet ADD words_of_person text NOT NULL DEFAULT ''")

        def put(sheet: Sheet, text: str) -> None:
            cursor.execute("UPDATE practices_sheet SET words_of_person = %s WHERE id = %s", [text, sheet.pk])

        yield put
        cursor.execute("ALTER TABLE practices_sheet DROP words_of_person")


def test_old_words_are_their_authors_to_ask_about(client_as: ClientAs, old_field: Callable[[Sheet, str], None]) -> None:
    make_account(Role.REVIEWER)
    sheet, silent = make_published(), make_published()
    old_field(sheet, SAID)
    old_field(silent, " ")
    with connections["owner"].cursor() as cursor:
        cursor.execute(MOVE)
        cursor.execute("SELECT sheet_id, text, scope_level FROM facilitation_personwords")
        assert cursor.fetchall() == [(sheet.pk, SAID, "restricted")]
    for reader in (None, make_account(Role.REVIEWER)):
        assert SAID not in client_as(reader).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    mine = client_as(sheet.author).get(reverse("facilitation:words", args=[sheet.pk])).content.decode()
    assert SAID in mine and "l’accord manque" in mine and "Demander son accord" in mine
