"""A real browser on the real server. Without Chromium these tests are skipped; under CI that is a failure."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.access.fixtures import built, world
from tests.browser.chromium import ARGUMENTS, ROOT, chromium
from tests.cleaning import Cleaner

if TYPE_CHECKING:
    from nuserus.people.models import Account

__all__ = ["built", "world"]

BUILT = ROOT / "src" / "nuserus" / "ui" / "static" / "ui" / "dist" / "nuserus.css"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def _absent(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def live_url(migrated: Cleaner) -> Iterator[str]:
    """Address of the real server, serving this run's database: http://localhost:PORT."""
    with served() as address:
        yield address


@contextmanager
def served(**more: str) -> Iterator[str]:
    """The real server, with these variables more in its environment; its address."""
    if not BUILT.exists():
        _absent("the front end is not built (make build)")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--no-log", "nuserus.config.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, start_new_session=True, env=os.environ | more)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz", server)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 60
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"{address} never answered")


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Debian's Chromium, headless; one for a whole run (the fixture `browser`), since two don't stand each other."""
    path = chromium()
    if not path:
        _absent("Chromium is not installed")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def open_as(browser: Browser, live_url: str, database: None) -> Iterator[Callable[..., Page]]:
    """A function that opens a page as an account (None: visitor): open_as(account, "/path", phone=True, dark=False).

    The page raises on any error of a script, and on any request to another host.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_as(
        account: Account | None, path: str = "/", *, phone: bool = False, dark: bool = False, **more: object
    ) -> Page:
        context = browser.new_context(
            viewport=PHONE if phone else DESKTOP,
            color_scheme="dark" if dark else "light",
            locale="fr-FR",
            timezone_id="Europe/Paris",
            base_url=live_url,
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        if account is not None:
            sign_in(context, account, live_url)
        page = context.new_page()
        watch(page, live_url, errors)
        page.goto(path)
        return page

    yield open_as
    for context in contexts:
        context.close()
    assert errors == []


def watch(page: Page, live_url: str, errors: list[str]) -> None:
    """Note every error of a script, every request to another host and every refusal of the content policy."""
    page.on("pageerror", lambda error: errors.append(f"script error: {error}"))
    page.on("request", lambda request: _only_here(request.url, live_url, errors))
    page.on("console", lambda message: _no_violation(message.text, errors))


def _only_here(url: str, live_url: str, errors: list[str]) -> None:
    if not url.startswith((live_url, "data:", "blob:")):
        errors.append(f"third-party request: {url}")


def _no_violation(text: str, errors: list[str]) -> None:
    if "Content Security Policy" in text or "Content-Security-Policy" in text:
        errors.append(text)


def sign_in(context: BrowserContext, account: Account, live_url: str) -> None:
    """Give the context a session of the account."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_url}])


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA on the page as it stands, a line each."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})",
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    )
    return [
        f"{finding['id']}: {node['target'][0]} — {node.get('failureSummary', '').splitlines()[-1]}"
        for finding in result["violations"]
        for node in finding["nodes"]
    ]
