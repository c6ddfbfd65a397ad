"""No cache and no phone keeps the pages of a person who signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.people.models import Account
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize("path", ["/", "/mon-espace/", "/pratiques/", "/compte/", "/partager/", "/nulle-part/"])
def test_pages_of_a_person_are_not_stored(client_as: Callable[[Account | None], Client], path: str) -> None:
    answer = client_as(make_account()).get(path)
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_answers_that_begin_and_end_a_session_are_not_stored() -> None:
    account, client = make_account(password=PASSWORD), Client()
    entered = client.post(reverse("account_login"), {"login": account.email, "password": PASSWORD})
    assert entered.status_code == 302
    assert "no-store" in entered["Cache-Control"]
    left = client.post(reverse("account_logout"))
    assert left.status_code == 302
    assert "no-store" in left["Cache-Control"]


def test_page_of_a_visitor_differs_by_cookie() -> None:
    answer = Client().get("/")
    assert "no-store" not in answer.get("Cache-Control", "")
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("said", ["0", "non", ""])
def test_no_proxy_is_believed_unless_it_was_said(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    import importlib

    from nuserus.config.settings import sign_in

    monkeypatch.setenv("NUSERUS_BEHIND_PROXY", said)
    fresh = importlib.util.module_from_spec(importlib.util.find_spec(sign_in.__name__))  # type: ignore[arg-type]
    fresh.__spec__.loader.exec_module(fresh)  # type: ignore[union-attr]
    assert not hasattr(fresh, "ALLAUTH_TRUSTED_PROXY_COUNT")
