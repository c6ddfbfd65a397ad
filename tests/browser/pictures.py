"""The pictures of the README, taken again from the demonstration: ``make pictures``.

The demonstration is served from a data folder of its own; each picture is reduced to few colours,
so that the repository stays small.
"""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import yaml
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import ARGUMENTS, ROOT, chromium

FOLDER = ROOT / "docs" / "pictures"
ACCOUNTS = ROOT / "src" / "nuserus" / "portal" / "demonstration" / "data" / "accounts.yaml"
LARGEST = 200_000
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PASSWORD = "essayer-nuserus"
TELLER = "nadia-b"
SHEET = "Finir la tablette sans larmes"


def _search(page: Page) -> None:
    page.goto(f"/pratiques/?q={SHEET}")
    page.get_by_role("link", name=SHEET, exact=True).first.click()
    page.wait_for_url(lambda address: "?q=" not in address)


def _tell(page: Page) -> None:
    page.goto("/compte/connexion/")
    accounts = yaml.safe_load(ACCOUNTS.read_text(encoding="utf-8"))["accounts"]
    page.locator("#id_login").fill(next(each["email"] for each in accounts if each["slug"] == TELLER))
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**/mon-espace/**")
    page.goto("/partager/")
    page.get_by_role("button", name="Commencer une fiche").click()
    page.wait_for_url("**/photo/")
    page.goto(page.url.replace("/photo/", "/did/"))
    page.locator("main textarea").first.fill("Au bip, c’est le jeune qui porte la tablette dans la panière bleue.")
    page.get_by_text("Enregistré à").wait_for()
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")


@dataclass(frozen=True)
class Picture:
    """A file of docs/pictures, the window it is taken in, and the way to what it shows."""

    name: str
    window: dict[str, int]
    reach: Callable[[Page], object]


PICTURES = (
    Picture("home-phone.png", PHONE, lambda page: page.goto("/")),
    Picture("sheet-phone.png", PHONE, _search),
    Picture("sheet-desktop.png", DESKTOP, _search),
    Picture("telling-phone.png", PHONE, _tell),
)


@contextmanager
def demonstration() -> Iterator[str]:
    """Serve a fresh demonstration; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="nuserus-") as folder:
        command = [sys.executable, "-m", "nuserus", "serve", "--demo", "--data", folder, "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", server)
            yield f"http://localhost:{port}"
        finally:
            os.kill(server.pid, signal.SIGTERM)
            server.wait(60)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + 300
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise SystemExit("The demonstration did not start.")


def take(browser: Browser, address: str, picture: Picture) -> Path:
    """Take one picture, in the light, and write it."""
    context = browser.new_context(
        base_url=address, viewport=picture.window, locale="fr-FR", color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    picture.reach(page)
    page.wait_for_load_state("networkidle")
    with Image.open(io.BytesIO(page.screenshot())) as shot:
        few = shot.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    context.close()
    path = FOLDER / picture.name
    few.save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        raise SystemExit(f"{path.name} weighs {path.stat().st_size} bytes; {LARGEST} is the most.")
    return path


def main() -> None:
    if not chromium():
        raise SystemExit("Chromium is needed to take the pictures (Debian: apt install chromium).")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        for picture in PICTURES:
            path = take(browser, address, picture)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1000} kB")
        browser.close()


if __name__ == "__main__":
    main()
