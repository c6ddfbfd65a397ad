"""The disk of the data folder is full: people are told, nothing is corrupt, and it goes on when there is room."""

from __future__ import annotations

import contextlib
import io
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from PIL import Image

from nuserus.portal.demonstration.sources import accounts
from tests.backup.whole import files_of
from tests.config.conftest import place
from tests.config.processes import ON_LINUX, run_nuserus
from tests.config.site import Site
from tests.reliability.test_acknowledged import Teller

__all__ = ["place"]

SIZE = "320m"
SAYS = "Rien de ce qui était enregistré n’est perdu."

pytestmark = ON_LINUX


@pytest.fixture
def disk(place: Path) -> Iterator[Path]:
    """A small disk of its own, with the data folder."""
    with mounted(place / "disk", SIZE) as folder:
        yield folder


@pytest.fixture
def stick(place: Path) -> Iterator[Path]:
    """A disk that is too small for a backup."""
    with mounted(place / "stick", "200k") as folder:
        yield folder


@contextlib.contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    folder.mkdir(mode=0o711)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "tmpfs", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.skip(f"a small disk can't be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def site(disk: Path, place: Path) -> Iterator[Site]:
    started = Site(disk)
    started.log = place / "log"
    started.start("--demo")
    yield started
    if started.process is not None and started.process.poll() is None:
        started.end(signal.SIGTERM)


def fill(disk: Path) -> Path:
    """Take all the room there is."""
    filler = disk / "filler"
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        block = bytes(1 << 16)
        while True:
            file.write(block)
    with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(b"0")
    return filler


class Writer(Teller):
    """A teller whose texts do not shrink, so that the disk feels them."""

    def save(self) -> tuple[int, str]:
        """One answer: status and page."""
        self.sent += 1
        words = f"Texte numéro {self.sent} fin " + random.Random(self.sent).randbytes(1800).hex()
        body = {"fields": {"intention": words}, "revision": self.revision}
        address = self.url(f"/partager/{self.draft}/intention/enregistrer/")
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], **self._from_here()}
        try:
            reply = self.http.post(address, json=body, timeout=30, headers=headers)
        except requests.RequestException:
            return 0, ""
        if reply.status_code in {200, 409}:
            self.revision = reply.json()["revision"]
        if reply.status_code == 200:
            self.acknowledged = self.sent
        return reply.status_code, reply.text

    def photo(self) -> requests.Response:
        written = io.BytesIO()
        Image.effect_noise((700, 700), 90).convert("RGB").save(written, "JPEG", quality=95)
        files = {"picture": ("photo.jpg", written.getvalue(), "image/jpeg")}
        address = self.url(f"/partager/{self.draft}/photo/")
        return self.http.post(
            address, self._token(), files=files, timeout=60, headers=self._from_here(), allow_redirects=False
        )


def test_full_disk_is_said_and_survived(site: Site, disk: Path, stick: Path) -> None:
    email = next(entry["email"] for entry in accounts() if entry["institution"] and not entry.get("purpose"))
    writer = Writer(site, email)
    writer.sign_in()
    assert writer.save()[0] == 200
    assert writer.photo().status_code == 302
    files = files_of(site.data / "files")

    done = run_nuserus("backup", stick / "full.tar", "--data", site.data, folder=site.place)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert f"plus de place pour {stick / 'full.tar'}" in done.stderr
    assert not list(stick.iterdir())

    filler = fill(disk)
    done = run_nuserus("backup", disk / "full.tar", "--data", site.data, folder=site.place)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert "plus de place" in done.stderr
    assert not list(disk.glob("full.tar*"))

    reply = writer.photo()
    assert reply.status_code == 503
    assert SAYS in reply.text
    assert files_of(site.data / "files") == files, "half a photo stayed"

    filler = fill(disk)  # what was given back meanwhile
    seen: set[int] = set()
    limit = time.monotonic() + 60
    while 503 not in seen and time.monotonic() < limit:
        status, page = writer.save()
        seen.add(status)
        assert status != 503 or SAYS in page
    assert 503 in seen, seen
    assert seen <= {0, 200, 409, 503}
    assert site.process is not None
    assert site.process.poll() is None, site.said()

    filler.unlink()
    site.wait_for(lambda: site.health() == 200, 90)
    assert writer.acknowledged <= writer.held() <= writer.sent
    site.wait_for(lambda: writer.save()[0] == 200)
    assert writer.held() == writer.acknowledged == writer.sent
    assert writer.photo().status_code == 302
    done = run_nuserus("backup", disk / "room.tar", "--data", site.data, folder=site.place)
    assert done.returncode == 0, done.stderr
