"""The provider's process, and an instance that trusts it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from nuserus.config.settings.sign_in import openid_apps
from tests.oidc.provider import CLIENT_ID, CLIENT_SECRET

PERSON = {"sub": "7f3a", "email": "nadia@exemple.test", "given_name": "Nadia", "usual_name": "K."}


class RunningProvider:
    """The provider, told what to do and visited as a browser would."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self._root = issuer.removesuffix("/api")

    def tell(self, mode: str = "honest", **person: str) -> None:
        requests.post(
            f"{self._root}/_told", json={"mode": mode, "person": PERSON | person}, timeout=5
        ).raise_for_status()

    def asked(self) -> list[dict[str, str]]:
        answer: list[dict[str, str]] = requests.get(f"{self._root}/_asked", timeout=5).json()
        return answer

    def visit(self, client: Client, **form: str) -> Any:
        """Leave our site for the provider, and come back; gives the page one lands on."""
        leaving = client.post(reverse("openid_connect_login", args=["openid"]), form)
        if leaving.status_code != 302 or not leaving["Location"].startswith(self.issuer):
            return leaving
        back = requests.get(leaving["Location"], allow_redirects=False, timeout=5).headers["Location"]
        return client.get(back.removeprefix("http://testserver"), follow=True)


@pytest.fixture(scope="session")
def process() -> Iterator[str]:
    with subprocess.Popen([sys.executable, "-m", "tests.oidc.provider"], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.fixture
def provider(process: str, settings: Settings, database: None) -> RunningProvider:
    """An honest provider that our site trusts."""
    described = dict(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"])
    described["APPS"] = openid_apps("ProEssai", process, CLIENT_ID, CLIENT_SECRET)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": described}
    running = RunningProvider(process)
    running.tell()
    return running
