"""Sessions: listed, and really ended."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from nuserus.people.templatetags.people import device
from tests.factories.people import PASSWORD, make_account

pytestmark = pytest.mark.usefixtures("database")

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Safari/604.1"


def enter(agent: str, email: str) -> Client:
    client = Client(headers={"User-Agent": agent})
    client.post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return client


def test_ending_the_others_really_ends_them():
    account = make_account(password=PASSWORD)
    here, there = enter(FIREFOX, account.email), enter(IPHONE, account.email)
    assert there.get(reverse("people:account")).status_code == 200
    page = here.get(reverse("usersessions_list"))
    body = page.content.decode()
    assert "Firefox · Windows" in body
    assert "Safari · iPhone" in body
    stolen = there.cookies["sessionid"].value
    here.post(reverse("usersessions_list"))
    assert there.get(reverse("people:account")).status_code == 302
    assert not Session.objects.filter(session_key=stolen).exists()
    assert here.get(reverse("people:account")).status_code == 200
    assert UserSession.objects.filter(user=account).count() == 1


def test_leaving_ends_the_session():
    account = make_account(password=PASSWORD)
    client = enter(FIREFOX, account.email)
    key = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(session_key=key).exists()


def test_session_of_somebody_else_is_not_listed():
    other = make_account(password=PASSWORD)
    enter(IPHONE, other.email)
    client = enter(FIREFOX, make_account(password=PASSWORD).email)
    assert client.get(reverse("usersessions_list")).context["session_count"] == 1


def test_not_remembered_ends_with_the_browser():
    account = make_account(password=PASSWORD)
    assert enter(FIREFOX, account.email).session.get_expire_at_browser_close()
    client = Client()
    form = {"login": account.email, "password": PASSWORD, "remember": "on"}
    client.post(reverse("account_login"), form)
    assert not client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox · Windows"),
        (IPHONE, "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows"),
        ("curl/8", "appareil inconnu"),
    ],
)
def test_device_in_two_words(agent: str, words: str):
    assert device(agent) == words
