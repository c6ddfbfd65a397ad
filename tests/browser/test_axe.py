"""Nothing that axe finds, on any page that any role meets: on a phone in the light, on a screen in the dark.

A page is looked at once: another role that gets the same body, or only another header, is spared, by whichever of
the runners that share the roles.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.access.examples import Example, examples
from tests.access.test_crawl import LIST
from tests.access.world import World
from tests.browser.conftest import DESKTOP, PHONE, axe_findings, watch

NARROW = {"width": 320, "height": 256}  # 1280 × 1024 enlarged four times
SEEN_STATUSES = (200, 403, 404)
# what changes from one request, account or row to the next, and never the shape of a page
CHANGING = re.compile(
    r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|name="next" value="[^"]*"'
    r"|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|personne\d+@exemple\.test|next=[^\"]*"
    r"|data:image/[^\"]*|<script[^>]*json[^>]*>.*?</script>|[A-Z2-7]{32}",
    re.DOTALL,
)
CONTENT = re.compile(r"<main.*</main>(?:.*?</aside>)?", re.DOTALL)


def _people() -> list[str]:
    with LIST.open(encoding="utf-8") as file:
        names = next(csv.reader(file))
    return [name for name in names if name not in ("adresse", "exemple", "méthode")]


@dataclass
class Seen:
    """Digests of what was looked at, bodies and what surrounds them: an empty file each, which one runner alone can make."""

    folder: Path

    def is_new(self, html: str, name: str = "") -> bool:
        """Whether the body or its frame was never looked at, whoever's name it says; both are remembered."""
        neutral = CHANGING.sub("", html)
        neutral = neutral.replace(name, "") if name else neutral
        found = CONTENT.search(neutral)
        body = found.group() if found else neutral
        frame = CONTENT.sub("", neutral) if found else ""
        frame = re.sub(r"<head>.*</head>|aria-current=\"\w+\"", "", frame, flags=re.DOTALL)
        digests = {hashlib.sha256(part.encode()).hexdigest() for part in (body, frame)}
        return True in [self._is_first(digest) for digest in digests]  # both are noted, whatever the first says

    def _is_first(self, digest: str) -> bool:
        try:
            (self.folder / digest).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What all the runners of this run have looked at."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "seen"
    folder.mkdir(exist_ok=True)
    return Seen(folder)


@pytest.fixture
def context_of(browser: Browser, live_url: str, world: World) -> Iterator[Callable[[str], BrowserContext]]:
    """A function that gives the browser of one person of the world, without pictures."""
    opened: list[BrowserContext] = []

    def context_of(name: str) -> BrowserContext:
        context = browser.new_context(base_url=live_url, locale="fr-FR", reduced_motion="reduce", viewport=PHONE)
        opened.append(context)
        context.route(re.compile(r"/photos/|\.(png|jpe?g|webp)$"), lambda route: route.abort())
        if name in world.sessions:
            context.add_cookies([{"name": "sessionid", "value": world.sessions[name], "url": live_url}])
        return context

    yield context_of
    for context in opened:
        context.close()


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    width: int = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


def look(page: Page) -> list[str]:
    """What is wrong with the page that is open, in its two dresses and when it is enlarged."""
    found = []
    for size, colours in ((PHONE, "light"), (DESKTOP, "dark")):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        found += [f"{size['width']} px, {colours}: {line}" for line in axe_findings(page)]
        if overflow(page) > 0:
            found.append(f"{size['width']} px: {overflow(page)} px too wide")
    page.set_viewport_size(NARROW)
    if overflow(page) > 0:
        found.append(f"{NARROW['width']} px: {overflow(page)} px too wide")
    page.set_viewport_size(PHONE)
    return found


def _html(context: BrowserContext, example: Example) -> str:
    """What the address answers, when it is a page to look at."""
    answer = context.request.get(example.path, max_redirects=0)
    if answer.status in SEEN_STATUSES and answer.headers.get("content-type", "").startswith("text/html"):
        return answer.text()
    return ""


@pytest.mark.parametrize("name", _people())
def test_no_finding_on_any_page(
    world: World, context_of: Callable[[str], BrowserContext], live_url: str, seen: Seen, name: str
) -> None:
    context = context_of(name)
    page = context.new_page()
    found: list[str] = []
    watch(page, live_url, found)
    for example in examples(world):
        html = _html(context, example)
        if html and seen.is_new(html, name.capitalize()):
            page.goto(example.path)
            found += [f"{example.path}: {line}" for line in look(page)]
    assert found == []


def test_planted_fault_is_found(context_of: Callable[[str], BrowserContext]) -> None:
    page = context_of("visiteur").new_page()
    page.set_content('<html lang="fr"><title>Faute</title><main><h1>Faute</h1><input type="text"></main>')
    assert any("label" in line for line in look(page))


def test_planted_width_is_found(context_of: Callable[[str], BrowserContext]) -> None:
    page = context_of("visiteur").new_page()
    page.set_content('<html lang="fr"><title>Large</title><main><h1>Large</h1><div style="width:340px">…</div></main>')
    assert any(line.startswith("320 px:") for line in look(page))
    assert not any(line.startswith("360 px:") for line in look(page))


def test_same_page_with_another_token_is_looked_at_once(tmp_path: Path) -> None:
    seen, elsewhere = Seen(tmp_path), Seen(tmp_path)
    page = '<body><nav>a</nav><main><input name="csrfmiddlewaretoken" value="{}">{}</main></body>'
    assert seen.is_new(page.format("one", "text"))
    assert not seen.is_new(page.format("two", "text"))
    assert seen.is_new(page.format("two", "other"))
    assert not elsewhere.is_new(page.format("three", "other"))
    assert elsewhere.is_new(page.format("three", "text").replace("<nav>a", "<nav>b"))
