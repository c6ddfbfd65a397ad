"""Opening a source of 1 MB and 2,000 turns in Chromium, beside a bare page of the same text."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from bench.instance import Bench
from bench.serving import served
from bench.timing import Report, alternate, milliseconds
from bench.weight import OPTIONS

TURNS = 2000
SIGNS = 1_000_000
RUNS = 10
BARE_FILE = "bare.html"
PAINTED = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const page = performance.getEntriesByType("navigation")[0];
  return [page.responseStart, paint ? paint.startTime : performance.now(), page.loadEventEnd];
}"""
TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def measure(bench: Bench, report: Report) -> None:
    """The page of a source and the bare one, in turn, from the same server."""
    report.title("Opening a source of 1 MB")
    browser = shutil.which("chromium")
    if browser is None:
        report.say("Not measured: there is no Chromium.")
        return
    path, cookie, signs = _source(bench.folder)
    report.say(
        f"{TURNS:,} turns, {signs / 1e6:.2f} million signs; Chromium, 1280 px, N = {RUNS}, in turn, after one visit. "
        "Milliseconds from the click to the first byte, to the first paint with words, to the end of loading. The bare "
        "page holds the same turns as plain paragraphs without style, made beforehand, behind the same middleware."
    )
    report.say("")
    seen: dict[str, list[list[float]]] = {"source": [], "bare": []}
    with served() as port:
        from playwright.sync_api import sync_playwright  # only where there is a browser

        address = f"http://127.0.0.1:{port}"
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser, args=OPTIONS)
            context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
            page = context.new_page()

            def opened(what: str, where: str) -> None:
                answer: Any = page.goto(f"{address}{where}", wait_until="load")
                if answer.status != 200:
                    raise RuntimeError(f"{where} answered {answer.status}")
                page.evaluate(TWO_FRAMES)
                seen[what].append(page.evaluate(PAINTED))

            samples = alternate(RUNS, source=lambda: opened("source", path), bare=lambda: opened("bare", "/bare-text"))
            chromium.close()
    rows = []
    for what, sample in zip(("source", "bare"), samples, strict=True):
        first, paint, load = (sorted(run[rank] for run in seen[what][-RUNS:])[RUNS // 2] for rank in range(3))
        rows.append((what, f"{first:.0f}", f"{paint:.0f}", f"{load:.0f}", milliseconds(sample.p95)))
    report.table(("page", "first byte p50", "painted p50", "loaded p50", "whole visit p95"), rows)
    report.say("")


def _source(folder: Path) -> tuple[str, str, int]:
    from django.test import Client
    from django.urls import reverse

    from nuserus.corpus.enums import SourceKind
    from tests.factories.corpus import make_heard_place, make_source

    rng = Random(20_261_121)
    words = [f"{start}{end}" for start in ("tab", "mat", "regard", "pass", "chant", "garde") for end in _ENDINGS]
    said = []
    while sum(map(len, said)) < SIGNS:
        said.append(" ".join(rng.choices(words, k=round(SIGNS / TURNS / 8.4))).capitalize() + ".")
    spread = [said[rank % len(said)] for rank in range(TURNS)]
    place, author = make_heard_place()
    typed = "\n".join(f"{'ENQ' if rank % 2 else 'Ondine'} : {turn}" for rank, turn in enumerate(spread))
    version = make_source(place, author, typed, kind=SourceKind.GROUP_INTERVIEW)
    bare = "".join(f"<p>{escape(turn)}</p>\n" for turn in spread)
    (folder / BARE_FILE).write_text(f"<!doctype html><meta charset=utf-8><title>Texte</title>{bare}", encoding="utf-8")
    client = Client()
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend")
    return reverse("corpus:source", args=[version.source_id]), client.cookies["sessionid"].value, len(version.text)


_ENDINGS = (
    "e", "er", "ons", "ait", "é", "ée", "ant", "eur", "euse", "age", "ement", "ière", "oir", "able", "elle", "in",
    "ure", "iste", "ique", "eux", "oire", "esse", "ade", "is", "ot", "ette", "ine", "on", "aille", "eau",
)  # fmt: skip
