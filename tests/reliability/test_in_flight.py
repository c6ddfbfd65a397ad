"""A hundred answers, or fiches with photos, on their way at once while processes are killed; and a backup while six people write."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
import pytest
import requests

from nuserus.config.embedded.server import EmbeddedServer
from nuserus.portal.demonstration.sources import accounts
from tests.backup.whole import rows_of
from tests.config.conftest import module_place
from tests.config.processes import ON_LINUX, run_nuserus
from tests.config.site import Site
from tests.reliability.fiches import Fiche, kept_fiches, new_grid
from tests.reliability.test_acknowledged import TELLERS, Teller, text

__all__ = ["module_place"]

ANSWERS = 100
ROUNDS = int(os.environ.get("NUSERUS_KILLS", "1"))
BOTH = (("command.web",), ("bin/postgres", "-D"))
DRAFTS = """
from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.actions.start import start_sheet
people = list(Account.objects.filter(email__in=%(emails)r))
for number in range(%(count)d):
    person = people[number %% len(people)]
    with acting_as(person.pk) as asking:
        print("SEEN", person.email, start_sheet(actor=asking).pk)
"""

pytestmark = ON_LINUX


@pytest.fixture(scope="module")
def site(module_place: Path) -> Iterator[Site]:
    started = Site(module_place)
    started.start("--demo")
    yield started
    if started.process is not None and started.process.poll() is None:
        started.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def people(site: Site) -> list[Teller]:
    members = [entry["email"] for entry in accounts() if entry["institution"] and not entry.get("purpose")]
    tellers = [Teller(site, email) for email in members[:TELLERS]]
    for teller in tellers:
        teller.sign_in()
    return tellers


@dataclass
class Sent:
    """One answer of its own draft, sent until it is acknowledged."""

    teller: Teller
    draft: str
    number: int
    http: requests.Session = field(default_factory=requests.Session)
    revision: int = 0
    acknowledged: bool = False
    refusals: set[int] = field(default_factory=set)

    def send(self, until: float) -> None:
        self.http.cookies.update(self.teller.http.cookies)
        address = self.teller.url(f"/partager/{self.draft}/intention/enregistrer/")
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], **self.teller._from_here()}
        while not self.acknowledged and time.monotonic() < until:
            body = {"fields": {"intention": text(self.number)}, "revision": self.revision}
            try:
                reply = self.http.post(address, json=body, timeout=30, headers=headers)
            except requests.RequestException:
                time.sleep(0.2)
                continue
            if reply.status_code == 200:
                self.acknowledged = True
            elif reply.status_code == 409:  # an earlier one arrived, its reply was lost
                self.revision = reply.json()["revision"]
            else:
                self.refusals.add(reply.status_code)
                time.sleep(0.2)


def new_drafts(site: Site, people: list[Teller], count: int) -> list[tuple[Teller, str]]:
    """Empty drafts, shared out among people: one person may have fifty."""
    script = DRAFTS % {"emails": [person.email for person in people], "count": count}
    done = run_nuserus("manage", "shell", "--no-imports", "-c", script, NUSERUS_DATA=str(site.data))
    assert done.returncode == 0, done.stderr
    whose = {person.email: person for person in people}
    return [(whose[email], draft) for email, draft in re.findall(r"SEEN (\S+) ([0-9a-f-]{36})", done.stdout)]


def test_a_hundred_answers_in_flight_outlive_both_kills(site: Site, people: list[Teller]) -> None:
    for _round in range(ROUNDS):
        drafts = new_drafts(site, people, ANSWERS)
        assert len(drafts) == ANSWERS
        answers = [Sent(person, draft, number) for number, (person, draft) in enumerate(drafts, 1)]
        kills = sent_under_kills(site, answers)
        assert max(kills) < ANSWERS, "everything was there before the kill: the test proved nothing"
        assert {code for answer in answers for code in answer.refusals} <= {503}
        held = answers_of(EmbeddedServer(site.data / "postgresql").admin_url)
        wrong = [answer.draft for answer in answers if held.get(answer.draft) != text(answer.number)]
        assert wrong == [], "acknowledged and lost"


def test_a_hundred_fiches_in_flight_outlive_both_kills(site: Site, people: list[Teller]) -> None:
    mates = [Teller(site, f"{name}@exemple.nuserus.example") for name in ("viviane.t", "nadia.b", "yann.l")]
    for mate in mates:
        mate.sign_in()
    for _round in range(ROUNDS):
        grid = new_grid(site, mates[0].email)
        fiches = [Fiche(mates[number % len(mates)], grid, number) for number in range(ANSWERS)]
        kills = sent_under_kills(site, fiches)
        assert max(kills) < ANSWERS, "everything was there before the kill: the test proved nothing"
        assert max(fiche.tries for fiche in fiches) > 1, "no sending was cut: the test proved nothing"
        assert {code for fiche in fiches for code in fiche.refusals} <= {503}
        held = kept_fiches(EmbeddedServer(site.data / "postgresql").admin_url, grid, site.data / "files")
        expected = sorted((fiche.instance_id, fiche.xml, fiche.photo) for fiche in fiches)
        assert held == expected, "acknowledged and lost, twice there, or not as it was sent"


def sent_under_kills(site: Site, sent: Sequence[Sent | Fiche]) -> list[int]:
    """Send everything at once, kill the web then the database on the way; how many were acknowledged at each kill."""
    until = time.monotonic() + 120
    threads = [threading.Thread(target=one.send, args=(until,), daemon=True) for one in sent]
    for thread in threads:
        thread.start()
    kills = []
    for parts, enough in zip(BOTH, (len(sent) // 5, len(sent) // 2), strict=True):
        site.wait_for(partial(reached, sent, enough))
        kills.append(sum(one.acknowledged for one in sent))
        os.kill(site.pid_of(*parts), signal.SIGKILL)
    for thread in threads:
        thread.join(150)
    assert all(one.acknowledged for one in sent), site.said()
    site.wait_for(lambda: site.health() == 200)
    return kills


def reached(answers: Sequence[Sent | Fiche], enough: int) -> bool:
    return sum(answer.acknowledged for answer in answers) >= enough


def answers_of(admin_url: str) -> dict[str, str]:
    """The intention of every draft, read past every rule."""
    with psycopg.connect(admin_url.replace("/postgres?", "/nuserus?")) as connection:
        rows = connection.execute(
            "SELECT sheet_id::text, fields ->> 'intention' FROM practices_answer WHERE question = 'intention'"
        ).fetchall()
    return dict(rows)


def test_backup_of_a_moment_while_six_people_write(site: Site, people: list[Teller]) -> None:
    threads = [threading.Thread(target=person.write, daemon=True) for person in people]
    for person in people:
        person.stop.clear()
    for thread in threads:
        thread.start()
    try:
        site.wait_for(lambda: all(person.acknowledged > 2 for person in people))
        before = {person.draft: person.acknowledged for person in people}
        backup, keys = site.place / "live.tar", site.place / "cles"
        done = run_nuserus("backup", backup, "--keys", keys, "--data", site.data, folder=site.place)
        assert done.returncode == 0, done.stderr
        after = {person.draft: person.sent for person in people}
        assert keys.stat().st_mode & 0o777 == backup.stat().st_mode & 0o777 == 0o600
    finally:
        for person in people:
            person.stop.set()
        for thread in threads:
            thread.join(60)
    assert max(after[draft] - before[draft] for draft in before) > 0, "nobody wrote meanwhile"
    ledger = site.data / "ledger" / "withdrawals.jsonl"
    done = run_nuserus(
        "restore", backup, "--keys", keys, "--ledger", ledger, "--data", site.place / "copy", folder=site.place
    )
    assert done.returncode == 0, done.stderr
    server = EmbeddedServer(site.place / "copy" / "postgresql")
    server.start()
    try:
        rows = rows_of(server.admin_url.replace("/postgres?", "/nuserus?"))
    finally:
        server.stop()
    answers = [json.loads(row) for row in rows["practices_answer"]]
    saves = [json.loads(row) for row in rows["practices_answersave"]]
    for draft, least in before.items():
        answer = next(row for row in answers if row["sheet_id"] == draft and row["question"] == "intention")
        number = int(re.findall(r"numéro (\d+) fin", answer["fields"]["intention"])[0])
        assert least <= number <= after[draft]
        # what one save writes in several tables is there in all of them, or in none
        latest = max(row["revision"] for row in saves if row["sheet_id"] == draft and row["question"] == "intention")
        assert answer["revision"] == latest
