"""Addresses that open something by themselves are not kept in the logs."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from nuserus.config.logs import BEFORE_SECRETS, HideSecrets

SECRET = "Zk3_aVery-secretWord"


def routes(resolver: URLResolver, before: str = "/") -> list[str]:
    """Every route of the site."""
    found = []
    for one in resolver.url_patterns:
        route = f"{before}{one.pattern}"
        found += routes(one, route) if isinstance(one, URLResolver) else [route] if isinstance(one, URLPattern) else []
    return found


def test_every_address_with_a_secret_is_known() -> None:
    secret = [route for route in routes(get_resolver()) if "<str:secret>" in route or "<str:token>" in route]
    assert {route.partition("<")[0] for route in secret} == set(BEFORE_SECRETS)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("address", [f"/etudes/agenda/{SECRET}.ics", f"/pratiques/toujours-valable/{SECRET}/"])
def test_an_address_that_is_refused_is_written_without_its_secret(
    address: str, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.get(address).status_code == 404
    assert f"Not Found: {address.partition(SECRET)[0]}…" in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.usefixtures("database")
def test_a_refused_form_is_written_without_its_secret(caplog: pytest.LogCaptureFixture) -> None:
    response = Client(enforce_csrf_checks=True).post(f"/etudes/invitation/{SECRET}/")
    assert response.status_code in {302, 403}
    assert SECRET not in caplog.text


def test_whatever_writes_to_the_terminal_passes_there() -> None:
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["secrets"]
    record = logging.LogRecord("any", logging.ERROR, "", 0, "%s: %d", (f"GET /avis/arreter/{SECRET}/?a=1", 3), None)
    assert HideSecrets().filter(record)
    assert record.getMessage() == "GET /avis/arreter/…/?a=1: 3"
    plain = logging.LogRecord("any", logging.ERROR, "", 0, "100 %", (), None)
    assert HideSecrets().filter(plain)
    assert plain.getMessage() == "100 %"
