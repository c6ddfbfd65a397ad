"""A device of somebody who closed their account opens nothing any more."""

from __future__ import annotations

import base64

import pytest
from django.test import Client

from nuserus.foundation.asking import acting_as
from nuserus.instruments.actions.tablets import account_of_secret, add_tablet
from nuserus.people.actions.closing import close_account
from nuserus.people.enums import NameAfterClosing
from tests.factories.directory import make_institution
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")


def test_closing_an_account_stops_its_devices() -> None:
    member = make_member(make_institution())
    with acting_as(member.pk) as asking:
        _tablet, secret = add_tablet(actor=asking, label="La tablette bleue")
        assert account_of_secret(secret) == member.pk
        close_account(account=member, name_after=NameAfterClosing.REMOVE)
        assert account_of_secret(secret) is None
    given = base64.b64encode(f"nuserus:{secret}".encode()).decode()
    answer = Client().get("/openrosa/formList", HTTP_AUTHORIZATION=f"Basic {given}")
    assert answer.status_code == 401
