"""What a phone downloads to open a page with an empty cache, by kind, as Chromium counts it."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from bench.instance import Bench
from bench.people import some_sheets
from bench.serving import served
from bench.timing import Report

LIMIT = 150_000
PHONE = {"width": 360, "height": 780}
PHOTOS = "/photos/"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@dataclass(slots=True)
class Weight:
    """Bytes on the wire by kind (headers included), what came uncompressed, and other hosts."""

    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    plain: list[str] = field(default_factory=list)
    elsewhere: set[str] = field(default_factory=set)

    @property
    def total(self) -> int:
        return sum(self.kinds.values())


def measure(bench: Bench, report: Report) -> None:
    """Open the pages that are read most, each with an empty cache."""
    report.title("Weight of a page on a phone")
    browser = shutil.which("chromium")
    if browser is None:
        report.say("Not measured: there is no Chromium.")
        return
    pages = {
        "home": "/",
        "results": "/pratiques/?q=tablette",
        "sheet": f"/pratiques/{some_sheets(1)[0]}/",
        "sign in": "/partager/",
    }
    with served() as port:
        weights = {name: opened(browser, port, path) for name, path in pages.items()}
    report.say(
        f"Chromium, {PHONE['width']} px wide, empty cache, photos left out; bytes on the wire, kB of 1,000 bytes."
    )
    report.say("")
    kinds = sorted({kind for weight in weights.values() for kind in weight.kinds})
    report.table(
        ("page", *kinds, "total", "limit", "other hosts"),
        [
            (
                name,
                *(f"{weight.kinds.get(kind, 0) / 1000:.1f}" for kind in kinds),
                f"{weight.total / 1000:.1f}",
                "ok" if weight.total <= LIMIT else "MISSED",
                ", ".join(sorted(weight.elsewhere)) or "none",
            )
            for name, weight in weights.items()
        ],
    )
    plain = sorted({one for weight in weights.values() for one in weight.plain})
    report.say("")
    report.say(f"Text sent without compression: {', '.join(plain) or 'none'}.")


def opened(browser: str, port: int, path: str) -> Weight:
    """One page with an empty cache."""
    from playwright.sync_api import sync_playwright  # only where there is a browser

    weight, answers = Weight(), dict[str, dict[str, Any]]()

    def answered(event: dict[str, Any]) -> None:
        answers[event["requestId"]] = event
        host = urlsplit(event["response"]["url"]).hostname or ""
        if host not in {"127.0.0.1", ""}:
            weight.elsewhere.add(host)

    def finished(event: dict[str, Any]) -> None:
        answer = answers.get(event["requestId"])
        if answer is None:
            return
        where = urlsplit(answer["response"]["url"])
        if where.scheme == "data" or PHOTOS in where.path:
            return
        weight.kinds[answer["type"].lower()] += int(event["encodedDataLength"])
        headers = {name.lower(): value for name, value in answer["response"]["headers"].items()}
        is_text = any(kind in headers.get("content-type", "") for kind in ("html", "css", "javascript", "svg", "json"))
        if is_text and "content-encoding" not in headers and event["encodedDataLength"] > 2_000:
            weight.plain.append(where.path if where.path.startswith("/static/") else "pages")

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=OPTIONS)
        context = chromium.new_context(
            viewport={"width": PHONE["width"], "height": PHONE["height"]}, device_scale_factor=3, locale="fr-FR"
        )
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.on("Network.responseReceived", answered)
        session.on("Network.loadingFinished", finished)
        session.send("Network.enable")
        page.goto(f"http://127.0.0.1:{port}{path}", wait_until="networkidle")
        chromium.close()
    return weight
