"""A second factor: codes of an application, recovery codes."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from nuserus.people.models import Account
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.usefixtures("database")


def code_of(secret: str, *, periods: int = 0) -> str:
    """What an application would show now (RFC 6238), or some periods later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))


def enter(client: Client, account: Account) -> object:
    return client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})


def activate(client: Client) -> tuple[str, list[str]]:
    """Put the application's code in place; gives the secret and the recovery codes."""
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    page = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)}, follow=True)
    return secret, page.context["unused_codes"]


@pytest.fixture
def inside() -> tuple[Client, Account]:
    account = make_account(password=PASSWORD)
    client = Client()
    enter(client, account)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client, account


def test_code_is_asked_after_the_password(inside: tuple[Client, Account]):
    client, account = inside
    secret, _codes = activate(client)
    other = Client()
    assert enter(other, account)["Location"].startswith(reverse("mfa_authenticate"))
    assert other.get(reverse("people:account")).status_code == 302
    wrong = other.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "n’est pas le bon" in wrong.content.decode()
    assert "Utiliser ma clé" not in wrong.content.decode(), "this account has no passkey"
    # the code that put it in place has been used: the next one
    other.post(reverse("mfa_authenticate"), {"code": code_of(secret, periods=1)})
    assert other.get(reverse("people:account")).status_code == 200


def test_code_serves_once(inside: tuple[Client, Account]):
    client, account = inside
    secret, _codes = activate(client)
    code = code_of(secret, periods=1)
    for expected in (200, 302):
        other = Client()
        enter(other, account)
        other.post(reverse("mfa_authenticate"), {"code": code})
        assert other.get(reverse("people:account")).status_code == expected


def test_recovery_code_serves_once(inside: tuple[Client, Account]):
    client, account = inside
    _secret, codes = activate(client)
    assert len(codes) == 10
    for expected in (200, 302):
        other = Client()
        enter(other, account)
        other.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert other.get(reverse("people:account")).status_code == expected


def test_wrong_codes_are_counted(inside: tuple[Client, Account]):
    client, account = inside
    secret, _codes = activate(client)
    other = Client()
    enter(other, account)
    for _attempt in range(5):
        other.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = other.post(reverse("mfa_authenticate"), {"code": code_of(secret, periods=1)})
    assert "Attendez cinq minutes" in page.content.decode()


def test_secrets_are_encrypted_in_the_database(inside: tuple[Client, Account]):
    client, account = inside
    secret, _codes = activate(client)
    stored = Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    seed = Authenticator.objects.get(user=account, type=Authenticator.Type.RECOVERY_CODES).data["seed"]
    assert seed.startswith("gAAAA")


def test_protecting_asks_who_one_is_first(client_as: Callable[[Account], Client]):
    client = client_as(make_account(password=PASSWORD))
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "people:close"):
        page = client.get(reverse(name))
        assert page["Location"].startswith(reverse("account_reauthenticate")), name


def test_removing_it_removes_recovery_codes(inside: tuple[Client, Account]):
    client, account = inside
    activate(client)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=account).exists()
