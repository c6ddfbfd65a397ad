"""Requests per second of the pages that are read most, beside a view that answers one constant."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from statistics import median
from urllib.parse import quote, urlencode

from bench.asked import queries
from bench.instance import Bench
from bench.people import one_member, some_lists, some_sheets
from bench.serving import served
from bench.timing import Report

CONNECTIONS = 4
ROUNDS = 7
SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Page:
    """Addresses of one kind of page, and how many requests one round sends."""

    name: str
    paths: list[str]
    count: int


def measure(bench: Bench, report: Report) -> None:
    """Rounds in turn: constant, sheet, results, home; as a visitor, then signed in."""
    report.title("Pages over HTTP")
    report.say(
        f"Granian, 1 worker, as `nuserus serve`; {CONNECTIONS} kept connections from another process, {ROUNDS} rounds; "
        "medians of the rounds, requests per second."
    )
    report.say("")
    rows = []
    with served() as port:
        for who, cookie in (("visitor", ""), ("member", _cookie())):
            speeds = _speeds(port, _pages(), cookie)
            constant = speeds["constant"]
            for name, speed in speeds.items():
                share = speed / constant
                said = "" if name == "constant" else f"{share:.2f} (≥ {SHARE}) {'ok' if share >= SHARE else 'MISSED'}"
                rows.append((who, name, f"{speed:.0f}", said))
    report.table(("who asks", "page", "requests/s", "of the constant"), rows)


def _pages() -> list[Page]:
    found = queries(*some_lists())
    mixed = found[0:100:5] + found[100:200:5]
    return [
        Page("constant", ["/bare"], 400),
        Page("sheet", [f"/pratiques/{one}/" for one in some_sheets(100)], 200),
        Page("results", [f"/pratiques/?{urlencode({'q': text} | chosen, doseq=True)}" for text, chosen in mixed], 120),
        Page("all sheets", ["/pratiques/"], 60),
        Page("home", ["/"], 120),
    ]


def _speeds(port: int, pages: list[Page], cookie: str) -> dict[str, float]:
    speeds: dict[str, list[float]] = {page.name: [] for page in pages}
    for page in pages:
        _seconds(port, page, cookie)  # caches and lazy imports
    for _ in range(ROUNDS):
        for page in pages:
            speeds[page.name].append(page.count / _seconds(port, page, cookie))
    return {name: median(found) for name, found in speeds.items()}


def _seconds(port: int, page: Page, cookie: str) -> float:
    asked = {
        "port": port,
        "connections": CONNECTIONS,
        "requests": [_request(port, path, cookie) for path in page.paths],
        "count": page.count,
    }
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    return float(done.stdout)


def _request(port: int, path: str, cookie: str) -> str:
    lines = [
        f"GET {quote(path, safe='/?&=%+-_.~')} HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Accept-Encoding: gzip, br",
        "Accept-Language: fr",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*lines, "", ""])


def _cookie() -> str:
    """The session of the member, as a browser would send it."""
    from django.conf import settings
    from django.test import Client

    from nuserus.people.models import Account

    client = Client()
    client.force_login(Account.objects.get(pk=one_member()), backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
