"""What a person sees when the database, the disk or the mail server fails."""

from __future__ import annotations

import errno
import smtplib

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from nuserus.people.models import Account
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("the connection is closed"), 503),
        (OSError(errno.ENOSPC, "No space left on device"), 503),
        (OSError(errno.EACCES, "Permission denied"), 500),
        (RuntimeError("a fault of ours"), 500),
    ],
)
def test_page_says_whether_it_will_pass(monkeypatch: pytest.MonkeyPatch, error: Exception, status: int) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr("nuserus.foundation.asking.scope.say_who_asks", fail)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == status
    assert ("Retry-After" in answer) == (status == 503)
    assert "<h1>" in answer.content.decode()


def test_sign_up_without_a_mail_server_changes_nothing_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    client = Client(raise_request_exception=False)
    asked = {"display_name": "Nadia", "email": "nadia@exemple.test", "password1": PASSWORD}
    answer = client.post(reverse("account_signup"), asked)
    assert answer.status_code == 503
    assert "Le courriel n’est pas parti" in answer.content.decode()
    assert not Account.objects.exists()
    monkeypatch.undo()
    caches["throttle"].clear()  # the few minutes that the page asks to wait
    assert client.post(reverse("account_signup"), asked).status_code == 302
    assert Account.objects.filter(email="nadia@exemple.test").exists()
