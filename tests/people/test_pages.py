"""Every page of people: ours, reachable, without a script in the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, reverse

from nuserus.people import urls
from nuserus.people.enums import Role
from nuserus.people.models import Account, Trade
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.usefixtures("database")

ALLAUTH = Path(allauth.__file__).parent / "templates"
# Of features that are off: sign-up by passkey, codes to sign in, phones, links, trusted browsers.
UNUSED = {
    "account/confirm_login_code.html",
    "account/confirm_phone_verification_code.html",
    "account/email.html",
    "account/email_confirm.html",
    "account/password_reset_done.html",
    "account/phone_change.html",
    "account/request_login_code.html",
    "account/signup_by_passkey.html",
    "account/verification_sent.html",
    "account/verified_email_required.html",
    "mfa/trust.html",
    "mfa/webauthn/signup_form.html",
    "socialaccount/login_redirect.html",
}
# What an account without password, key or application does not have.
ABSENT = {
    "account_reauthenticate": {302, 403},
    "mfa_reauthenticate": {302, 403},
    "mfa_reauthenticate_webauthn": {302, 403},
    "mfa_deactivate_totp": {302, 404},
    "mfa_view_recovery_codes": {302, 404},
    "mfa_download_recovery_codes": {302, 404},
}
SPEAKING = ("account", "mfa", "usersessions", "socialaccount")


def pages_of_allauth() -> list[str]:
    found = []
    for folder in SPEAKING:
        for file in (ALLAUTH / folder).rglob("*.html"):
            name = str(file.relative_to(ALLAUTH))
            skipped = "/snippets/" in name or "/base" in name or name in UNUSED
            if not skipped:
                found.append(name)
    return sorted(found)


@pytest.mark.parametrize("name", pages_of_allauth())
def test_page_of_allauth_is_replaced_by_ours(name: str):
    assert "nuserus/people/templates" in get_template(name).origin.name


def texts_of_allauth() -> list[str]:
    off = re.compile("phone|login_code|password_reset_key|password_reset_done")
    names = [
        str(file.relative_to(ALLAUTH))
        for folder in SPEAKING
        for kind in ("email", "messages")
        for file in (ALLAUTH / folder / kind).glob("*.txt")
    ]
    return sorted(name for name in names if not off.search(name))


@pytest.mark.parametrize("name", texts_of_allauth())
def test_message_of_allauth_is_replaced_by_ours(name: str):
    assert "nuserus/people/templates" in get_template(name).origin.name


@pytest.mark.parametrize(
    "name",
    [
        "account_request_login_code",
        "account_confirm_login_code",
        "account_signup_by_passkey",
        "account_verify_phone",
        "mfa_trust",
        "mfa_signup_webauthn",
    ],
)
def test_page_that_nobody_needs_has_no_address(name: str):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def own_addresses() -> list[str]:
    patterns = [*urls.entering, *urls.protecting, *urls.linking]
    names = [pattern.name for pattern in patterns if "<" not in str(pattern.pattern)]
    names += [f"people:{pattern.name}" for pattern in urls.ours if "<" not in str(pattern.pattern)]
    return [str(name) for name in names]


@pytest.mark.parametrize("name", own_addresses())
def test_page_answers_visitor_and_person(name: str, client_as: Callable[[Account | None], Client]):
    for account in (None, make_account(Role.SITE_ADMIN)):
        response = client_as(account).get(reverse(name))
        assert response.status_code in ABSENT.get(name, {200, 302})
        if response.status_code == 200:
            scripts = re.findall(r"<script(?![^>]*application/json)[^>]*>", response.content.decode())
            assert all("nonce=" in tag and "src=" in tag for tag in scripts)
            assert " style=" not in response.content.decode()


def test_first_page_of_protection_after_the_password():
    account = make_account(password=PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "people:close", "account_email"):
        assert client.get(reverse(name)).status_code == 200, name


def test_profile_keeps_name_trade_and_language(client_as: Callable[[Account], Client]):
    account = make_account()
    trade = Trade.objects.get(slug="aes")
    client = client_as(account)
    form = {"display_name": "Nadia", "trade": str(trade.pk), "language": "en"}
    response = client.post(reverse("people:profile"), form)
    assert response.status_code == 302
    account.refresh_from_db()
    assert (account.display_name, account.trade, account.language) == ("Nadia", trade, "en")
    assert response.cookies["django_language"].value == "en"


def test_account_page_costs_the_same_whatever_one_holds(client_as: Callable[[Account], Client]):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for roles in ([Role.MEMBER], [Role.MEMBER, Role.REVIEWER, Role.FACILITATOR]):
        client = client_as(make_account(*roles))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("people:account"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_changing_address_waits_for_the_code():
    from django.core import mail

    from tests.people.pages import code_in

    account = make_account(email="avant@exemple.test", password=PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": "apres@exemple.test", "action_add": ""})
    account.refresh_from_db()
    assert account.email == "avant@exemple.test"
    code = code_in(next(message for message in mail.outbox if message.to == ["apres@exemple.test"]))
    client.post(reverse("account_email_verification_sent"), {"code": code})
    account.refresh_from_db()
    assert account.email == "apres@exemple.test"


def test_taking_the_address_of_somebody_else_looks_the_same():
    from tests.people.pages import normalised

    make_account(email="prise@exemple.test")
    seen = []
    for address in ("prise@exemple.test", "libre@exemple.test"):
        client = Client()
        account = make_account(password=PASSWORD)
        client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        page = client.post(reverse("account_email"), {"email": address, "action_add": ""}, follow=True)
        seen.append((page.redirect_chain, normalised(page, address)))
    assert seen[0] == seen[1]


def test_accounts_to_try_are_shown_on_a_demonstration_only(monkeypatch: pytest.MonkeyPatch):
    from nuserus.people import demonstration

    assert "Essayer la démonstration" not in Client().get(reverse("account_login")).content.decode()
    account = make_account(email="ada@exemple.test", password=PASSWORD)
    shown = demonstration.TrialAccount(account.email, PASSWORD, "relire les fiches")
    monkeypatch.setattr(demonstration, "_sources", [lambda: [shown]])
    body = Client().get(reverse("account_login")).content.decode()
    assert "Relire les fiches" in body
    assert PASSWORD in body
