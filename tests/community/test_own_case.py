"""A moderator whose own words are reported; words around a sheet that is hidden."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.community.enums import Content, Reason
from nuserus.people.enums import Role
from nuserus.people.models import Account
from tests.factories.community import a_member, make_comment, make_hidden, make_report
from tests.factories.people import make_account, make_role
from tests.factories.sheets import make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_who_reported_a_moderator_is_not_told_to_them(client_as: ClientAs) -> None:
    moderator = a_member("Momo")
    make_role(moderator, Role.MODERATOR)
    comment = make_comment(make_sheet(), moderator)
    reporter = a_member("Zénobie")
    make_report(Content.COMMENT, comment.pk, reporter, Reason.HURTFUL)
    address = reverse("moderation:case", args=["comment", comment.pk])
    own = client_as(moderator).get(address).content.decode()
    assert "On ne décide pas de ses propres mots" in own
    assert "Zénobie" not in own and "Ici." not in own
    other = client_as(make_account(Role.MODERATOR, name="Autre")).get(address).content.decode()
    assert "Zénobie" in other and "Ici." in other


def test_what_was_said_of_a_hidden_sheet_is_hidden_with_it(client_as: ClientAs) -> None:
    writer, reader, sheet = a_member("Rose"), a_member("Paul"), make_sheet()
    said = {
        "comment": make_comment(sheet, writer, "CANARI commentaire").pk,
        "trial": make_trial(sheet, None, writer, comment="CANARI essai").pk,
    }
    addresses = [reverse("moderation:report", args=[kind, pk]) for kind, pk in said.items()]
    for address in addresses:
        assert "CANARI" in client_as(reader).get(address).content.decode()
    make_hidden(Content.SHEET, sheet.pk)
    for address in addresses:
        assert client_as(reader).get(address).status_code == 404
        assert "CANARI" in client_as(writer).get(address).content.decode()
