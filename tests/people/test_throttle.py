"""Wrong passwords are counted, whatever becomes of the request that gave them."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from nuserus.people.adapters import AccountAdapter
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.usefixtures("database")


def try_password(client: Client, email: str, password: str = "pas le bon"):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sixth_wrong_password_is_refused_politely():
    account = make_account(password=PASSWORD)
    for _attempt in range(5):
        page = try_password(Client(), account.email)
        assert "ne vont pas ensemble" in page.content.decode()
    page = try_password(Client(), account.email)
    assert page.status_code == 200
    assert "Votre compte est intact" in page.content.decode()
    right = try_password(Client(), account.email, PASSWORD)
    assert right.status_code == 200
    assert "Attendez cinq minutes" in right.content.decode()


def test_unknown_address_is_throttled_alike():
    for _attempt in range(5):
        try_password(Client(), "inconnue@exemple.test")
    assert "Attendez cinq minutes" in try_password(Client(), "inconnue@exemple.test").content.decode()


def test_others_are_not_locked_out_with_one():
    make_account(email="une@exemple.test", password=PASSWORD)
    make_account(email="autre@exemple.test", password=PASSWORD)
    for _attempt in range(6):
        try_password(Client(), "une@exemple.test")
    assert try_password(Client(), "autre@exemple.test", PASSWORD).status_code == 302


def test_counts_survive_a_rolled_back_request(monkeypatch: pytest.MonkeyPatch):
    account = make_account(password=PASSWORD)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("planted")

    client = Client(raise_request_exception=False)
    with monkeypatch.context() as planted:
        planted.setattr(AccountAdapter, "authentication_failed", fail)
        statuses = {try_password(client, account.email).status_code for _attempt in range(5)}
    assert statuses == {500}
    assert "Attendez cinq minutes" in try_password(Client(), account.email).content.decode()


def test_count_is_in_the_database_that_every_process_shares():
    try_password(Client(), "inconnue@exemple.test")
    assert type(caches["default"]).__name__ == "DatabaseCache"
    from django.db import connections

    with connections["throttle"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM foundation_throttle WHERE cache_key LIKE %s", ["%login_failed%"])
        assert cursor.fetchone()[0] >= 2


def test_too_many_requests_has_a_page_of_ours():
    client = Client()
    for _attempt in range(31):
        page = try_password(client, "")
    assert page.status_code == 429
    assert "Un peu de patience" in page.content.decode()
