"""What was acknowledged is there: answers sent by several people while processes are killed with SIGKILL.

The real site, with its real durability settings. Each teller keeps writing into a draft of their own
and notes what the server acknowledged. After each kill the draft must hold the last acknowledged text,
or a later one that was sent and whose reply was lost; never an earlier one.
"""

from __future__ import annotations

import html
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from nuserus.portal.demonstration.sources import DEMONSTRATION_PASSWORD, accounts
from tests.config.conftest import place
from tests.config.processes import ON_LINUX
from tests.config.site import Site

__all__ = ["place"]

TELLERS = 6
ROUNDS = int(os.environ.get("NUSERUS_KILLS", "2"))
TARGETS = {"web": ("command.web",), "database": ("bin/postgres", "-D"), "everything": ()}

pytestmark = ON_LINUX


@dataclass
class Teller:
    """One person who writes; texts are numbered so that an earlier one can be told from a later one."""

    site: Site
    email: str
    http: requests.Session = field(default_factory=requests.Session)
    draft: str = ""
    revision: int = 0
    sent: int = 0
    acknowledged: int = 0
    kept: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://localhost:{self.site.port}{path}"

    def sign_in(self) -> None:
        self.http.get(self.url("/compte/connexion/"), timeout=20)
        answers = {"login": self.email, "password": DEMONSTRATION_PASSWORD, **self._token()}
        reply = self.http.post(self.url("/compte/connexion/"), answers, timeout=20, headers=self._from_here())
        assert "/mon-espace/" in reply.url, reply.url
        reply = self.http.post(self.url("/partager/commencer/"), self._token(), timeout=20, headers=self._from_here())
        self.draft = re.findall(r"/partager/([0-9a-f-]{36})/", reply.url)[0]

    def write(self) -> None:
        """Send texts until told to stop; a lost reply is sent again with the revision read back."""
        while not self.stop.is_set():
            self.sent += 1
            try:
                self._save(self.sent)
            except requests.RequestException:
                time.sleep(0.05)

    def _save(self, number: int) -> None:
        body = {"fields": {"intention": text(number)}, "revision": self.revision}
        address = self.url(f"/partager/{self.draft}/intention/enregistrer/")
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], **self._from_here()}
        reply = self.http.post(address, json=body, timeout=20, headers=headers)
        if reply.status_code == 200:
            self.revision = reply.json()["revision"]
            self.acknowledged = number
            self.kept += 1
        elif reply.status_code == 409:
            self.revision = reply.json()["revision"]

    def held(self) -> int:
        """The number of the text that the draft holds now."""
        page = self.http.get(self.url(f"/partager/{self.draft}/intention/"), timeout=20)
        assert page.status_code == 200, page.status_code
        numbers = re.findall(r"Texte numéro (\d+) fin", html.unescape(page.text))
        return max(map(int, numbers), default=0)

    def _token(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self.http.cookies["csrftoken"]}

    def _from_here(self) -> dict[str, str]:
        return {"Referer": self.url("/")}


def text(number: int) -> str:
    return f"Nous voulions que chacun sache ce qui venait après. Texte numéro {number} fin"


@pytest.fixture
def site(place: Path) -> Iterator[Site]:
    started = Site(place)
    started.start("--demo")
    yield started
    if started.process is not None and started.process.poll() is None:
        started.end(signal.SIGTERM)


def test_no_acknowledged_answer_is_lost(site: Site) -> None:
    members = [entry["email"] for entry in accounts() if entry["institution"] and not entry.get("purpose")]
    tellers = [Teller(site, email) for email in members[:TELLERS]]
    for teller in tellers:
        teller.sign_in()
    killed = 0
    for _round in range(ROUNDS):
        for target in TARGETS:
            _write_and_kill(site, tellers, target)
            killed += 1
            for teller in tellers:
                held = teller.held()
                assert teller.acknowledged <= held <= teller.sent, (target, teller.acknowledged, held, teller.sent)
    assert killed == ROUNDS * len(TARGETS)
    assert min(teller.kept for teller in tellers) >= killed, "hardly anything was acknowledged: the test proved nothing"


def _write_and_kill(site: Site, tellers: list[Teller], target: str) -> None:
    before = sum(teller.kept for teller in tellers)
    threads = [threading.Thread(target=teller.write, daemon=True) for teller in tellers]
    for teller in tellers:
        teller.stop.clear()
    for thread in threads:
        thread.start()
    try:
        site.wait_for(lambda: sum(teller.kept for teller in tellers) > before + 3 * len(tellers))
        _kill(site, target)
    finally:
        for teller in tellers:
            teller.stop.set()
    for thread in threads:
        thread.join(60)
    if target == "everything":
        site.start("--demo")
    site.wait_for(lambda: site.health() == 200)


def _kill(site: Site, target: str) -> None:
    if target == "everything":
        assert site.end(signal.SIGKILL) == -signal.SIGKILL
        return
    dead = site.pid_of(*TARGETS[target])
    assert dead, target
    os.kill(dead, signal.SIGKILL)
    site.wait_for(lambda: site.pid_of(*TARGETS[target]) not in {0, dead})
