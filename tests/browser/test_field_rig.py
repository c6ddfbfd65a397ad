"""Fiches with photos from several tabs, under a network that cuts, hangs and fails: all there, once, byte for byte."""

from __future__ import annotations

import base64
import time
from collections import Counter
from collections.abc import Callable
from itertools import cycle
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from nuserus.foundation.asking import as_system
from nuserus.instruments.models import Submission, SubmittedFile
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import answer_xml, make_version
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
FICHES, TABS, PATIENCE = 24, 3, 90
FIELD = "/grilles/remplir/"
# A hung request ends soon: what is proven is that it ends, not how long people wait.
SHORT = "const slow = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => slow(Math.min(ms, 1200));"
# What the program writes when somebody presses « Envoyer », written without the pressing.
WRITE = """
async ([account, form, fiches]) => {
  const open = indexedDB.open("nuserus-terrain", 1);
  await new Promise((resolve) => (open.onsuccess = resolve));
  for (const [id, xml, name, photo] of fiches) {
    const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0)).buffer;
    const work = open.result.transaction(["fiches", "files"], "readwrite");
    work.objectStore("files").put({ type: "image/jpeg", bytes }, [id, name]);
    work.objectStore("fiches").put({
      id, account, form, version: "1", title: "Fiche", xml, begunAt: Date.now(), savedAt: Date.now(),
      sentAt: Date.now(), files: [name], tries: 0, nextAt: 0, problem: "",
    });
    await new Promise((resolve) => (work.oncomplete = resolve));
  }
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


class BadNetwork:
    """Each sending meets the next trouble of the list; most of them fail."""

    def __init__(self) -> None:
        self.kinds = cycle(("before", "after", "ok", "503", "hang", "after", "ok"))
        self.met: Counter[str] = Counter()

    def meet(self, route: Route) -> None:
        kind = next(self.kinds)
        self.met[kind] += 1
        if kind == "before":
            route.abort("connectionreset")
        elif kind == "after":
            route.fetch()  # the site has it, and the reply is lost
            route.abort("connectionreset")
        elif kind == "503":
            route.fulfill(status=503, body="<h1>non</h1>", content_type="text/html")
        elif kind == "ok":
            route.continue_()
        # "hang": nothing at all is answered


def test_everything_arrives_once_whatever_the_network_does(open_as: Callable[..., Page]) -> None:
    place = make_institution("FAM Canari", category="437", department="13")
    grid = make_version(place, make_referent(place)).instrument
    member = make_member(place)
    first = open_as(member, FIELD, service_workers="block")
    expect(first.get_by_role("button", name="Commencer une fiche")).to_be_visible(timeout=15_000)
    network = BadNetwork()
    context = first.context
    context.add_init_script(SHORT)
    context.route("**/grilles/remplir/envoi/", network.meet)
    photos = {f"{rank}.jpg": b"\xff\xd8\xff\xe0" + bytes([rank]) * (2000 + rank) for rank in range(FICHES)}
    fiches = [
        [
            str(uuid4()),
            answer_xml(grid, instance=f"uuid:rig-{rank}", photo=name).decode(),
            name,
            base64.b64encode(photo).decode(),
        ]
        for rank, (name, photo) in enumerate(photos.items())
    ]
    first.evaluate(WRITE, [str(member.pk), grid.form_id, fiches])
    tabs = [context.new_page() for _rank in range(TABS)]
    for tab in tabs:
        tab.goto(FIELD)
    limit = time.monotonic() + PATIENCE
    rounds = 0
    while first.evaluate(LEFT) != [0, 0] and time.monotonic() < limit:
        rounds += 1
        for tab in tabs:
            tab.evaluate("dispatchEvent(new Event('online'))")
        tabs[0].wait_for_timeout(300)
        if rounds in (3, 8):  # a tab dies in the middle of its sending
            tabs.pop(0).close(run_before_unload=False)
            tabs.append(context.new_page())
            tabs[-1].goto(FIELD)
    assert first.evaluate(LEFT) == [0, 0], network.met
    assert min(network.met[kind] for kind in ("before", "after", "503", "hang")) > 0
    context.unroute("**/grilles/remplir/envoi/")
    with as_system("test"):
        rows = list(Submission.objects.order_by("instance_id"))
        files = {row.name: row for row in SubmittedFile.objects.all()}
        stored = {name: _bytes(row) for name, row in files.items()}
    assert sorted(row.instance_id for row in rows) == sorted(f"uuid:rig-{rank}" for rank in range(FICHES))
    assert {row.status for row in rows} == {"accepted"}
    assert stored == photos
    assert {bytes(row.xml).decode() for row in rows} == {fiche[1] for fiche in fiches}


def _bytes(row: SubmittedFile) -> bytes:
    with row.file.open("rb") as opened:
        content: bytes = opened.read()
    return content
