"""Two people and a visitor ask at the same time, on the same threads and connections: nobody gets another's page."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from nuserus.portal.demonstration.sources import accounts
from tests.config.conftest import place
from tests.config.processes import ON_LINUX
from tests.config.site import Site
from tests.reliability.test_acknowledged import Teller

__all__ = ["place"]

PAGES = 40
THREADS_EACH = 4

pytestmark = ON_LINUX


@pytest.fixture
def site(place: Path) -> Iterator[Site]:
    started = Site(place)
    started.start("--demo")
    yield started
    started.end(signal.SIGTERM)


def test_nobody_gets_the_page_of_another(site: Site) -> None:
    members = [entry["email"] for entry in accounts() if entry["institution"] and not entry.get("purpose")]
    people = [Teller(site, email) for email in members[:2]]
    for person in people:
        person.sign_in()
    wrong: list[str] = []
    seen: list[int] = []

    def ask(person: Teller, other: Teller) -> None:
        http = requests.Session()
        http.cookies.update(person.http.cookies)
        for _page in range(PAGES):
            account = http.get(person.url("/compte/"), timeout=20)
            if account.status_code != 200 or person.email not in account.text or other.email in account.text:
                wrong.append(f"{account.status_code} for {person.email}")
            own = http.get(person.url(f"/partager/{person.draft}/"), timeout=20).status_code
            theirs = http.get(person.url(f"/partager/{other.draft}/"), timeout=20).status_code
            if (own, theirs) != (200, 404):
                wrong.append(f"{person.email}: own {own}, theirs {theirs}")
            visitor = requests.get(person.url(f"/partager/{person.draft}/"), timeout=20, allow_redirects=True)
            if "Nous voulions" in visitor.text or person.email in visitor.text:
                wrong.append("a visitor got a draft")
            seen.append(own)

    threads = [
        threading.Thread(target=ask, args=pair) for pair in (people, people[::-1]) for _number in range(THREADS_EACH)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert wrong == []
    assert len(seen) == 2 * THREADS_EACH * PAGES
