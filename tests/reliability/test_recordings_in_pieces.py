"""A long recording sent while the server is killed with SIGKILL: no acknowledged piece is lost, and the file is the same.

The real site, with its real durability settings; the sender only knows what the server told it.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests

from tests.config.conftest import place
from tests.config.processes import ON_LINUX, ROOT, run_nuserus
from tests.config.site import Site
from tests.factories.voice import voice

__all__ = ["place"]

pytestmark = ON_LINUX

KILLS = int(os.environ.get("NUSERUS_KILLS", "3"))
PIECE = 16_000
# Somebody who may listen in a place, with one interview whose only person agrees to be recorded.
PREPARE = """
from django.test import Client
from tests.factories.fieldwork import make_field
from tests.factories.interviews import make_interview, make_listened
place, researcher = make_field()
interview = make_interview(place, researcher, make_listened(place, researcher))
client = Client()
client.force_login(researcher, backend="allauth.account.auth_backends.AuthenticationBackend")
print("SEEN", client.cookies["sessionid"].value, interview.pk)
"""
LOOK = """
from nuserus.foundation.asking import as_system
from nuserus.fieldwork.models import Recording
with as_system("read test data", recorded=False):
    one = Recording.objects.get()
print("SEEN", one.state, one.received, one.file.path)
"""


@dataclass
class Sender:
    """One file on its way; `acknowledged` is what the server last said it has, and it never goes back."""

    site: Site
    interview: str
    content: bytes
    http: requests.Session = field(default_factory=requests.Session)
    acknowledged: int = 0
    lost: int = 0
    replies: int = 0
    stored: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://localhost:{self.site.port}{path}"

    def headers(self, **more: str) -> dict[str, str]:
        token = self.http.cookies["csrftoken"]
        return {"X-CSRFToken": token, "Accept": "application/json", "Referer": self.url("/"), **more}

    def sign_in(self, session: str) -> None:
        self.http.cookies.set("sessionid", session)
        page = self.http.get(self.url(f"/terrain/entretiens/{self.interview}/"), timeout=60)
        assert "data-nu-recording-url" in page.text, page.status_code

    def send(self) -> None:
        """Begin again after each cut, as a browser does, until the whole is there."""
        while not self.stored.is_set():
            try:
                self._go_on()
            except (requests.RequestException, KeyError):
                time.sleep(0.05)

    def _go_on(self) -> None:
        given = {"size": len(self.content), "first": hashlib.sha256(self.content[:PIECE]).hexdigest()}
        address = self.url(f"/terrain/entretiens/{self.interview}/enregistrer/")
        begun = self.http.post(address, json=given, headers=self.headers(), timeout=10)
        if begun.status_code != 200:
            time.sleep(0.05)
            return
        url, offset = self.url(begun.json()["url"]), self._told(begun)
        while offset < len(self.content):
            piece = self.content[offset : offset + PIECE]
            more = {"Upload-Offset": str(offset), "Upload-Sha256": hashlib.sha256(piece).hexdigest()}
            reply = self.http.patch(
                url,
                piece,
                headers=self.headers(**more, **{"Content-Type": "application/offset+octet-stream"}),
                timeout=10,
            )
            if reply.status_code not in (200, 409):
                return
            offset = self._told(reply)
        whole = hashlib.sha256(self.content).hexdigest()
        ended = self.http.post(f"{url}fin/", json={"sha256": whole}, headers=self.headers(), timeout=30)
        if ended.status_code == 200 and ended.json()["sha256"] == whole:
            self.stored.set()

    def _told(self, reply: requests.Response) -> int:
        offset = int(reply.json()["offset"])
        self.lost += offset < self.acknowledged
        self.acknowledged = max(self.acknowledged, offset)
        self.replies += 1
        return offset


@pytest.fixture
def site(place: Path) -> Iterator[Site]:
    started = Site(place)
    started.start()
    yield started
    if started.process is not None and started.process.poll() is None:
        started.end(signal.SIGTERM)


def told(site: Site, script: str) -> list[str]:
    done = run_nuserus(
        "manage", "shell", "--no-imports", "-c", script, NUSERUS_DATA=str(site.data), PYTHONPATH=str(ROOT)
    )
    assert done.returncode == 0, done.stderr
    return next(line for line in done.stdout.splitlines() if line.startswith("SEEN")).split()[1:]


def test_no_acknowledged_piece_is_lost_and_the_file_is_the_same(site: Site) -> None:
    session, interview = told(site, PREPARE)
    content = voice(20.0, container="wav", codec="pcm_s16le")
    sender = Sender(site, interview, content)
    sender.sign_in(session)
    thread = threading.Thread(target=sender.send, daemon=True)
    thread.start()
    killed = 0
    try:
        for round_ in range(KILLS):
            goal = len(content) * (round_ + 1) // (KILLS + 1)
            site.wait_for(lambda goal=goal: sender.acknowledged > goal)  # type: ignore[misc]
            dead = site.pid_of("command.web")
            assert dead
            os.kill(dead, signal.SIGKILL)
            killed += not sender.stored.is_set()
            site.wait_for(lambda dead=dead: site.pid_of("command.web") not in {0, dead})  # type: ignore[misc]
        site.wait_for(sender.stored.is_set)
    finally:
        sender.stored.set()
        thread.join(30)
    state, received, path = told(site, LOOK)
    assert (state, int(received)) == ("stored", len(content))
    assert Path(path).read_bytes() == content
    assert (sender.lost, killed) == (0, KILLS)
    assert sender.replies >= len(content) // PIECE, "hardly anything was cut: the test proved nothing"
