"""The link of a mail opens nothing once the account it was sent to is closed."""

from __future__ import annotations

import pytest
from django.test import Client

from nuserus.people.models import Account
from tests.practices.freshness.test_still_valid import aged, asked, now

pytestmark = pytest.mark.usefixtures("database")


def test_a_closed_account_answers_nothing(client: Client) -> None:
    sheet = aged(366)
    _check, link = asked(sheet)
    assert client.get(link).status_code == 200
    Account.objects.filter(pk=sheet.author_id).update(is_active=False)
    assert client.get(link).status_code == 404
    assert client.post(link, {"answer": "stopped"}).status_code == 404
    assert now(sheet).stopped_at is None
