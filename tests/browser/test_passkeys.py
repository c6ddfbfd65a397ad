"""Passkeys, with the virtual authenticator of a real browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import CDPSession, Page, expect

from tests.factories.people import PASSWORD, make_account

OpenAs = Callable[..., Page]
TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """The authenticator of one page, and the credentials that may be carried to another."""

    def __init__(self, page: Page) -> None:
        self.session: CDPSession = page.context.new_cdp_session(page)
        self.session.send("WebAuthn.enable")
        added = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})
        self.id = added["authenticatorId"]

    def credentials(self) -> list[dict[str, object]]:
        found = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
        kept: list[dict[str, object]] = found["credentials"]
        return kept

    def carry(self, credentials: list[dict[str, object]]) -> None:
        for credential in credentials:
            values = {"authenticatorId": self.id, "credential": credential}
            self.session.send("WebAuthn.addCredential", values)

    def refuse(self) -> None:
        values = {"authenticatorId": self.id, "isUserVerified": False}
        self.session.send("WebAuthn.setUserVerified", values)


@pytest.fixture
def person(database: None) -> tuple[str, str]:
    account = make_account(password=PASSWORD)
    return account.email, PASSWORD


def enter(page: Page, email: str, password: str) -> None:
    page.get_by_label("Adresse e-mail").fill(email)
    page.locator("input[type=password]").fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()
    page.wait_for_url("**/mon-espace/**")


def add_key(page: Page) -> None:
    page.goto("/compte/cles/ajouter/")
    if "confirmer" in page.url:
        page.locator("input[type=password]").fill(PASSWORD)
        page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Nom de cette clé").fill("mon téléphone")
    page.get_by_role("button", name="Créer la clé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes codes de secours")


def test_key_added_then_used_without_password(open_as: OpenAs, database: None, person: tuple[str, str]) -> None:
    page = open_as(None, "/compte/connexion/")
    device = Device(page)
    enter(page, *person)
    add_key(page)
    assert Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).count() == 1
    credentials = device.credentials()
    assert len(credentials) == 1

    elsewhere = open_as(None, "/compte/connexion/", phone=True)
    Device(elsewhere).carry(credentials)
    elsewhere.get_by_role("button", name="Entrer avec une clé d’accès").click()
    elsewhere.wait_for_url("**/mon-espace/**")
    elsewhere.goto("/compte/cles/")
    expect(elsewhere.get_by_text("mon téléphone", exact=True)).to_be_visible()


def test_key_comes_after_the_password(open_as: OpenAs, database: None, person: tuple[str, str]) -> None:
    page = open_as(None, "/compte/connexion/")
    device = Device(page)
    enter(page, *person)
    add_key(page)
    credentials = device.credentials()

    elsewhere = open_as(None, "/compte/connexion/")
    Device(elsewhere).carry(credentials)
    elsewhere.get_by_label("Adresse e-mail").fill(person[0])
    elsewhere.locator("input[type=password]").fill(person[1])
    elsewhere.get_by_role("button", name="Se connecter", exact=True).click()
    expect(elsewhere.get_by_role("heading", level=1)).to_have_text("Encore une étape")
    elsewhere.get_by_role("button", name="Utiliser ma clé d’accès").click()
    elsewhere.wait_for_url("**/mon-espace/**")


def test_key_that_does_not_answer_is_said_in_the_page(open_as: OpenAs, database: None) -> None:
    page = open_as(None, "/compte/connexion/")
    Device(page).refuse()
    page.get_by_role("button", name="Entrer avec une clé d’accès").click()
    expect(page.get_by_text("La clé d’accès n’a pas répondu.")).to_be_visible()
