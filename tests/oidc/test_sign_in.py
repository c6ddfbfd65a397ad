"""Entering through an OpenID Connect provider that really answers, in its own process."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from nuserus.config.settings.sign_in import form_targets, openid_apps
from nuserus.people.models import Account
from tests.factories.people import PASSWORD, make_account
from tests.oidc.conftest import RunningProvider
from tests.oidc.provider import HOSTILE
from tests.people.pages import code_in, normalised

HERE = "account_email_verification_sent"


def is_inside(client: Client) -> bool:
    return client.get(reverse("people:account")).status_code == 200


def join(provider: RunningProvider, client: Client, **person: str) -> Account:
    provider.tell(**person)
    provider.visit(client)
    client.post(reverse(HERE), {"code": code_in(mail.outbox[-1])})
    return Account.objects.latest("created_at")


def test_first_visit_asks_for_the_code_of_the_address_then_enters(provider: RunningProvider):
    client = Client()
    page = provider.visit(client)
    assert page.redirect_chain[-1][0] == reverse(HERE)
    assert not is_inside(client)
    client.post(reverse(HERE), {"code": code_in(mail.outbox[-1])})
    assert is_inside(client)
    account = Account.objects.get()
    assert (account.email, account.display_name) == ("nadia@exemple.test", "Nadia")
    assert not account.has_usable_password()


def test_next_visits_enter_at_once_even_when_the_address_changed_there(provider: RunningProvider):
    account = join(provider, Client())
    provider.tell(email="autre@exemple.test")
    client = Client()
    provider.visit(client)
    assert is_inside(client)
    account.refresh_from_db()
    assert account.email == "nadia@exemple.test"
    assert Account.objects.count() == 1


def test_request_carries_state_nonce_and_challenge_of_its_own(provider: RunningProvider):
    provider.visit(Client())
    provider.visit(Client())
    first, second = provider.asked()
    for name in ("state", "nonce", "code_challenge"):
        assert first[name]
        assert first[name] != second[name]
    assert first["code_challenge_method"] == "S256"
    assert set(first["scope"].split()) == {"openid", "email", "given_name"}
    assert first["acr_values"] == "eidas1"


def test_request_ignores_what_the_address_adds(provider: RunningProvider):
    client = Client()
    address = reverse("openid_connect_login", args=["openid"])
    leaving = client.post(f"{address}?auth_params=prompt%3Dnone%26nonce%3Dchosen&scope=siret")
    assert "prompt=none" not in leaving["Location"]
    assert "nonce=chosen" not in leaving["Location"]
    assert "siret" not in leaving["Location"]


def test_nothing_of_the_provider_is_kept_beyond_a_fingerprint(provider: RunningProvider):
    join(provider, Client())
    linked = SocialAccount.objects.get()
    assert linked.extra_data == {}
    assert len(linked.uid) == 64
    assert "7f3a" not in linked.uid
    assert not SocialToken.objects.exists()


@pytest.mark.parametrize("mode", HOSTILE)
def test_hostile_answer_opens_nothing(provider: RunningProvider, mode: str):
    provider.tell(mode)
    client = Client()
    page = provider.visit(client)
    assert page.status_code == 401, mode
    assert "n’a pas abouti" in page.content.decode()
    assert not is_inside(client)
    assert not Account.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("mode", HOSTILE)
def test_hostile_answer_does_not_open_an_existing_account(provider: RunningProvider, mode: str):
    join(provider, Client())
    provider.tell(mode)
    client = Client()
    provider.visit(client)
    assert not is_inside(client)


def test_cancelling_there_is_no_error(provider: RunningProvider):
    provider.tell("cancelled")
    page = provider.visit(Client())
    assert page.status_code == 200
    assert page.redirect_chain[-1][0] == reverse("socialaccount_login_cancelled")


def test_answer_without_our_state_opens_nothing(provider: RunningProvider):
    client = Client()
    client.post(reverse("openid_connect_login", args=["openid"]))
    page = client.get(reverse("openid_connect_callback", args=["openid"]), {"code": "x", "state": "y"})
    assert page.status_code == 401


def test_state_of_another_browser_opens_nothing(provider: RunningProvider):
    import requests

    leaving = Client().post(reverse("openid_connect_login", args=["openid"]))
    back = requests.get(leaving["Location"], allow_redirects=False, timeout=5).headers["Location"]
    victim = Client()
    assert victim.get(back.removeprefix("http://testserver")).status_code == 401
    assert not is_inside(victim)


def test_same_address_does_not_open_the_account_that_has_it(provider: RunningProvider):
    account = make_account(email="nadia@exemple.test", password=PASSWORD)
    client = Client()
    page = provider.visit(client)
    assert page.redirect_chain[-1][0] == reverse(HERE)
    assert not is_inside(client)
    assert not SocialAccount.objects.exists()
    assert "reliez-le depuis « Mon compte »" in mail.outbox[-1].body
    assert mail.outbox[-1].to == [account.email]


def test_same_address_tells_the_same_as_a_new_one(provider: RunningProvider):
    make_account(email="connue@exemple.test")
    seen = []
    for address, subject in (("connue@exemple.test", "a"), ("nouvelle@exemple.test", "b")):
        provider.tell(email=address, sub=subject)
        page = provider.visit(Client())
        seen.append((page.redirect_chain, page.status_code, normalised(page, address)))
    assert seen[0] == seen[1]


def test_linking_from_the_account_then_entering(provider: RunningProvider):
    account = make_account(email="nadia@exemple.test", password=PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    page = provider.visit(client, process="connect")
    if page.redirect_chain[-1][0].startswith(reverse("account_reauthenticate")):
        page = client.post(page.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    assert SocialAccount.objects.get().user_id == account.pk
    other = Client()
    provider.visit(other)
    assert is_inside(other)


def test_subject_of_another_issuer_is_somebody_else(provider: RunningProvider):
    from nuserus.people.openid.provider import SignedOpenIDProvider

    extract = SignedOpenIDProvider.extract_uid
    one = extract(None, {"userinfo": {"iss": "https://a.test", "sub": "1"}})  # type: ignore[arg-type]
    two = extract(None, {"userinfo": {"iss": "https://b.test", "sub": "1"}})  # type: ignore[arg-type]
    assert one != two


def test_verified_there_is_not_verified_here(provider: RunningProvider):
    provider.tell(email_verified="true")
    provider.visit(Client())
    assert not EmailAddress.objects.get().verified


def test_settings_refuse_clear_text_and_half_a_description():
    assert openid_apps("", "", "", "") == []
    with pytest.raises(ImproperlyConfigured):
        openid_apps("x", "http://idp.exemple.test", "id", "secret")
    with pytest.raises(ImproperlyConfigured):
        openid_apps("x", "https://idp.exemple.test", "id", "")
    assert form_targets("https://idp.exemple.test/api/v2") == ["https://idp.exemple.test"]
