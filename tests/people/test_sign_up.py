"""Joining: with a code, and without a word on who has an account."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from nuserus.people.models import Account
from tests.factories.people import PASSWORD, make_account
from tests.people.pages import CODE, code_in, normalised

pytestmark = pytest.mark.usefixtures("database")

JOIN = {"display_name": "Nadia", "password1": PASSWORD}


def join(client: Client, email: str):
    return client.post(reverse("account_signup"), {**JOIN, "email": email}, follow=True)


def test_sign_up_asks_for_the_code_and_enters():
    client = Client()
    page = join(client, "Nadia@Exemple.test")
    assert page.redirect_chain == [(reverse("account_email_verification_sent"), 302)]
    assert "sessionid" in client.cookies
    assert client.get(reverse("people:account")).status_code == 302
    page = client.post(reverse("account_email_verification_sent"), {"code": code_in(mail.outbox[-1])})
    assert page.status_code == 302
    account = Account.objects.get(email="nadia@exemple.test")
    assert account.display_name == "Nadia"
    assert client.get(reverse("people:account")).status_code == 200


def test_sign_up_tells_the_same_for_a_known_address():
    make_account(email="connue@exemple.test")
    known, unknown = Client(), Client()
    first = join(known, "connue@exemple.test")
    second = join(unknown, "nouvelle@exemple.test")
    assert (first.status_code, first.redirect_chain) == (second.status_code, second.redirect_chain)
    assert normalised(first, "connue@exemple.test") == normalised(second, "nouvelle@exemple.test")
    assert [len(message.to) for message in mail.outbox] == [1, 1]
    assert Account.objects.filter(email="connue@exemple.test").count() == 1


def test_wrong_codes_tell_the_same_for_a_known_address():
    make_account(email="connue@exemple.test")
    seen = []
    for address in ("connue@exemple.test", "nouvelle@exemple.test"):
        client = Client()
        join(client, address)
        pages = []
        for _attempt in range(4):
            page = client.post(reverse("account_email_verification_sent"), {"code": "0000-0000"}, follow=True)
            pages.append((page.redirect_chain, normalised(page, address)))
        seen.append(pages)
    assert seen[0] == seen[1]


def test_password_reset_tells_the_same_for_an_unknown_address():
    make_account(email="connue@exemple.test", password=PASSWORD)
    seen = []
    for address in ("connue@exemple.test", "nouvelle@exemple.test"):
        page = Client().post(reverse("account_reset_password"), {"email": address}, follow=True)
        seen.append((page.status_code, page.redirect_chain, normalised(page, address)))
    assert seen[0] == seen[1]
    assert len(mail.outbox) == 2


def test_sign_in_tells_the_same_for_an_unknown_address():
    make_account(email="connue@exemple.test", password=PASSWORD)
    seen = []
    for address in ("connue@exemple.test", "nouvelle@exemple.test"):
        page = Client().post(reverse("account_login"), {"login": address, "password": "pas le bon"})
        seen.append((page.status_code, normalised(page, address)))
    assert seen[0] == seen[1]
    assert "ne vont pas ensemble" in seen[0][1]


def test_password_reset_with_the_code_ends_other_sessions():
    account = make_account(email="connue@exemple.test", password=PASSWORD)
    elsewhere = Client()
    elsewhere.force_login(account)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": account.email})
    code = code_in(mail.outbox[-1])
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    page = client.post(
        reverse("account_complete_password_reset"), {"password1": "trompette gravier nuage"}, follow=True
    )
    assert page.redirect_chain[-1][0] == reverse("account_password_reset_completed")
    assert elsewhere.get(reverse("people:account")).status_code == 302
    account.refresh_from_db()
    assert account.check_password("trompette gravier nuage")


def test_address_differs_by_case_only_is_the_same_account():
    make_account(email="connue@exemple.test", password=PASSWORD)
    page = Client().post(reverse("account_login"), {"login": "Connue@EXEMPLE.test", "password": PASSWORD})
    assert page.status_code == 302


def test_mails_speak_french_and_carry_one_code():
    join(Client(), "nadia@exemple.test")
    message = mail.outbox[-1]
    assert message.subject == "nuserus : votre code"
    assert message.body.startswith("Bonjour,")
    assert len(CODE.findall(message.body)) == 1
