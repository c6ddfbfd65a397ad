"""Closing an account."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.people.queries.accounts import shown_names
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.usefixtures("database")


def enter(account: Account) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.mark.parametrize(("choice", "name"), [("keep", "Camille"), ("remove", "Une personne de nuserus")])
def test_closing_keeps_only_the_name_that_was_wanted(choice: str, name: str):
    account = make_account(Role.MEMBER, password=PASSWORD, trade="aes")
    elsewhere = enter(account)
    client = enter(account)
    client.post(reverse("people:close"), {"name_after": choice, "understood": "on"})
    closed = Account.objects.get(pk=account.pk)
    assert closed.shown_name == name
    assert closed.email.endswith("@ferme.invalid")
    assert (closed.trade, closed.is_active, closed.has_usable_password()) == (None, False, False)
    assert not EmailAddress.objects.filter(user=closed).exists()
    for browser in (client, elsewhere):
        assert browser.get(reverse("people:account")).status_code == 302
    with acting_as(account.pk) as asking:
        assert asking.roles == frozenset()
    assert shown_names([account.pk]) == {account.pk: name}
    retry = Client().post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    assert "ne vont pas ensemble" in retry.content.decode()


def test_address_may_serve_again_after_closing():
    account = make_account(email="nadia@exemple.test", password=PASSWORD)
    enter(account).post(reverse("people:close"), {"name_after": "keep", "understood": "on"})
    assert make_account(email="nadia@exemple.test").pk != account.pk


def test_last_administrator_cannot_close():
    account = make_account(Role.SITE_ADMIN, password=PASSWORD)
    page = enter(account).post(reverse("people:close"), {"name_after": "keep", "understood": "on"})
    assert "dernière personne qui administre" in page.content.decode()
    account.refresh_from_db()
    assert account.is_active


def test_closing_without_the_box_says_so():
    account = make_account(password=PASSWORD)
    page = enter(account).post(reverse("people:close"), {"name_after": "keep"})
    assert "Cochez la case" in page.content.decode()
    assert Account.objects.get().is_active
