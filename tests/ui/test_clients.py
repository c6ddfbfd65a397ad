"""Clients of the tests share their middleware; a test that changes a setting gets its own."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

pytestmark = pytest.mark.usefixtures("database")


def _chain() -> object:
    client = Client()
    client.get("/healthz")
    return client.handler._middleware_chain


def test_clients_share_one_chain() -> None:
    assert _chain() is _chain()


def test_another_setting_makes_another_chain() -> None:
    before = _chain()
    with override_settings(SECURE_REFERRER_POLICY="no-referrer"):
        assert _chain() is not before
        assert Client().get("/healthz").headers["Referrer-Policy"] == "no-referrer"
    assert Client().get("/healthz").headers["Referrer-Policy"] == "same-origin"
