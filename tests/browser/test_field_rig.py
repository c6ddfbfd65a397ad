"""Fiches with photos from three tabs, under everything that goes wrong: all there, once, byte for byte.

`NUSERUS_RIG=500` sends five hundred of them; by default fewer, the same troubles.
"""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from nuserus.foundation.asking import as_system
from nuserus.instruments.models import Submission, SubmittedFile
from nuserus.people.models import Account
from tests.browser.bad_network import bad_network
from tests.browser.conftest import sign_in, watch
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import answer_xml, make_version
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
FICHES = int(os.environ.get("NUSERUS_RIG", "150"))
TABS, PATIENCE = 3, 600
FIELD = "/grilles/remplir/"
TROUBLES = (*["ok", "ok", "after", "ok", "503", "ok", "before", "ok", "ok", "half"] * 4, "silence")
# A silent request ends soon: what is proven is that it ends, not how long people wait.
SHORT = "const slow = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => slow(Math.min(ms, 900));"
CLOSED = "Connectez-vous pour retrouver vos grilles et vos fiches."
# What the program writes when somebody presses « Envoyer », written without the pressing.
WRITE = """
async ([account, form, fiches]) => {
  const open = indexedDB.open("nuserus-terrain", 1);
  await new Promise((resolve) => (open.onsuccess = resolve));
  const work = open.result.transaction(["fiches", "files"], "readwrite");
  for (const [id, xml, name, photo] of fiches) {
    const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0)).buffer;
    work.objectStore("files").put({ type: "image/jpeg", bytes }, [id, name]);
    work.objectStore("fiches").put({
      id, account, form, version: "1", title: "Fiche", xml, begunAt: Date.now(), savedAt: Date.now(),
      sentAt: Date.now(), files: [name], tries: 0, nextAt: 0, problem: "",
    });
  }
  await new Promise((resolve) => (work.oncomplete = resolve));
  open.result.close();
}
"""
LEFT = """
async () => {
  const open = indexedDB.open("nuserus-terrain", 1);
  await new Promise((resolve) => (open.onsuccess = resolve));
  const asked = open.result.transaction(["fiches", "files"]);
  const counts = ["fiches", "files"].map((name) => asked.objectStore(name).count());
  await new Promise((resolve) => (asked.oncomplete = resolve));
  open.result.close();
  return counts.map((one) => one.result);
}
"""


class Tabs:
    """The tabs of one person on one device; any of them may die."""

    def __init__(self, context: BrowserContext, address: str, errors: list[str]) -> None:
        self.context, self.address, self.errors = context, address, errors
        self.open = [self._new() for _rank in range(TABS)]

    def _new(self) -> Page:
        page = self.context.new_page()
        watch(page, self.address, self.errors)
        page.goto(FIELD)
        return page

    def push(self) -> None:
        """Tell every tab that the network is back."""
        for tab in self.open:
            tab.evaluate("dispatchEvent(new Event('online'))")

    def left(self) -> list[int]:
        counts: list[int] = self.open[-1].evaluate(LEFT)
        return counts

    def crash(self) -> None:
        """The process of the oldest tab dies in the middle of what it does."""
        dead = self.open.pop(0)
        with suppress(Error):
            dead.goto("chrome://crash", timeout=3_000)
        dead.close()
        self.open.append(self._new())

    def reopen(self) -> None:
        """Close them all, then open as many: what a newer program waits for."""
        for tab in self.open:
            tab.close(run_before_unload=False)
        self.open = [self._new() for _rank in range(TABS)]


@pytest.fixture
def device(browser: Browser, live_url: str) -> Iterator[Callable[[str], BrowserContext]]:
    contexts: list[BrowserContext] = []

    def device(address: str) -> BrowserContext:
        contexts.append(browser.new_context(base_url=address, locale="fr-FR", timezone_id="Europe/Paris"))
        contexts[-1].add_init_script(SHORT)
        return contexts[-1]

    yield device
    for context in contexts:
        context.close()


def test_everything_arrives_once_whatever_happens(device: Callable[[str], BrowserContext], live_url: str) -> None:
    place = make_institution("FAM Canari", category="437", department="13")
    referent, member = make_referent(place), make_member(place)
    # a person sends so many of one grid in a day: they fill in two
    grids = [make_version(place, referent, title=f"La grille {letter}").instrument for letter in "AB"]
    photos = {f"{rank}.jpg": b"\xff\xd8\xff\xe0" + Random(rank).randbytes(3_000 + 20 * rank) for rank in range(FICHES)}
    xmls = [answer_xml(grids[rank % 2], instance=f"uuid:rig-{rank}", photo=f"{rank}.jpg") for rank in range(FICHES)]
    errors: list[str] = []
    with bad_network(live_url, TROUBLES) as (address, network):
        context = device(address)
        sign_in(context, member, address)
        tabs = Tabs(context, address, errors)
        tabs.open[0].evaluate("async () => { await navigator.serviceWorker.ready }")
        tabs.reopen()
        before = _worker(tabs.open[0])
        for rank, tab in enumerate(tabs.open):  # each tab has its share
            share = [
                [str(uuid4()), xmls[one].decode(), name, base64.b64encode(photo).decode()]
                for one, (name, photo) in enumerate(photos.items())
                if one % TABS == rank
            ]
            tab.evaluate(WRITE, [str(member.pk), grids[0].form_id, share])
        assert tabs.left()[0] > FICHES * 0.9  # the tabs may have begun to send
        events = _events(tabs, network.publish, member)
        began = time.monotonic()
        while (left := tabs.left()) != [0, 0]:
            assert time.monotonic() - began < PATIENCE, (left, network.met)
            if events and left[0] <= FICHES * events[0][0]:
                events.pop(0)[1]()
            tabs.push()
            tabs.open[-1].wait_for_timeout(100)
        spent = time.monotonic() - began
        assert events == []
        assert _worker(tabs.open[0]) == f"{before}-suivante"
        expect(tabs.open[0].get_by_text("Aucune fiche à envoyer")).to_be_visible()
    print(f"{FICHES} fiches in {spent:.0f} s, sendings: {dict(network.met)}")
    assert set(network.met) == set(TROUBLES)
    assert [error for error in errors if "script error" in error] == []
    with as_system("test"):
        rows = list(Submission.objects.order_by("instance_id"))
        stored = {row.name: _bytes(row) for row in SubmittedFile.objects.all()}
        assert SubmittedFile.objects.count() == FICHES
    assert sorted(row.instance_id for row in rows) == sorted(f"uuid:rig-{rank}" for rank in range(FICHES))
    assert {row.status for row in rows} == {"accepted"}
    assert stored == photos
    assert {bytes(row.xml) for row in rows} == set(xmls)


Event = tuple[float, Callable[[], None]]


def _events(tabs: Tabs, publish: Callable[[str], None], member: Account) -> list[Event]:
    """What happens when such a share is left to send."""

    def update() -> None:
        publish("-suivante")
        tabs.open[0].evaluate("async () => { await (await navigator.serviceWorker.ready).update() }")

    def end_session() -> None:
        with as_system("test"):
            Session.objects.all().delete()
        tabs.push()
        expect(tabs.open[0].get_by_text(CLOSED)).to_be_visible()
        assert tabs.left()[0] > 0
        sign_in(tabs.context, member, tabs.address)

    return [(0.9, tabs.crash), (0.75, update), (0.6, tabs.crash), (0.45, tabs.reopen), (0.3, end_session)]


def _worker(tab: Page) -> str:
    """The name of what the worker keeps: of one program, never of two."""
    [name] = tab.evaluate("async () => (await caches.keys())")
    return str(name)


def _bytes(row: SubmittedFile) -> bytes:
    with row.file.open("rb") as opened:
        content: bytes = opened.read()
    return content
