"""A worker killed while it writes a voice down: the text comes once, the sound goes once."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from nuserus.portal.demonstration.sources import accounts
from tests.config.conftest import place
from tests.config.processes import ON_LINUX, run_nuserus, wait_for
from tests.config.site import Site
from tests.factories.voice import SEARCHED, model_folder, voice
from tests.reliability.test_acknowledged import Teller

__all__ = ["place"]

pytestmark = ON_LINUX

# What a minute does by itself, at once: the recording looks older and the sweep is asked for.
SWEEP = """
from datetime import timedelta
from nuserus.foundation.asking import as_system
from nuserus.voice import tasks
from nuserus.voice.models import Recording
with as_system("test data"):
    for one in Recording.objects.all():
        one.recorded_at -= timedelta(minutes=5)
        one.ended_at = one.ended_at and one.ended_at - timedelta(minutes=5)
        one.save(update_fields=["recorded_at", "ended_at"])
tasks.sweep_recordings(0)
"""
LOOK = """
from nuserus.foundation.asking import as_system
from nuserus.voice.models import Recording
with as_system("read test data", recorded=False):
    one = Recording.objects.get()
print("SEEN", one.state, one.attempts, bool(one.file), one.sound_deleted_at is not None, len(one.transcript), one.pk)
"""


@pytest.fixture
def model(place: Path) -> Path:
    folder = model_folder(place / "model")
    folder.chmod(0o755)
    (folder / "slow").write_text("30")
    return folder


@pytest.fixture
def site(place: Path, model: Path) -> Iterator[Site]:
    started = Site(place, NUSERUS_SPEECH_MODEL=str(model), PYTHONPATH=SEARCHED)
    started.start("--demo")
    yield started
    if started.process is not None and started.process.poll() is None:
        started.end(signal.SIGTERM)


def told(site: Site, script: str) -> list[str]:
    done = run_nuserus("manage", "shell", "--no-imports", "-c", script, NUSERUS_DATA=str(site.data))
    assert done.returncode == 0, done.stderr
    seen = [line for line in done.stdout.splitlines() if line.startswith("SEEN")]
    return seen[0].split()[1:] if seen else []


def kill_worker(site: Site) -> None:
    dead = site.pid_of("command.jobs")
    os.kill(dead, signal.SIGKILL)
    wait_for(lambda: site.pid_of("command.jobs") not in {0, dead}, 60)


def test_killed_while_it_listens_and_while_it_erases(site: Site, model: Path) -> None:
    email = next(entry["email"] for entry in accounts() if entry["institution"] and not entry.get("purpose"))
    teller = Teller(site, email)
    teller.sign_in()
    token = {"X-CSRFToken": teller.http.cookies["csrftoken"], "Accept": "application/json", **teller._from_here()}
    address = teller.url(f"/voix/partager/{teller.draft}/intention/deposer/")
    reply = teller.http.post(address, files={"sound": ("voix.webm", voice(1.5))}, headers=token, timeout=60)
    assert reply.status_code == 200, reply.text

    wait_for((model / "begun").exists, 60)
    kill_worker(site)
    wait_for(lambda: site.pid_of("actions.recognise") == 0, 30)
    assert told(site, LOOK)[:3] == ["waiting", "1", "True"]
    (model / "slow").unlink()
    told(site, SWEEP)
    wait_for(lambda: told(site, LOOK)[0] == "written", 60)
    told(site, SWEEP)
    assert (model / "counted").read_text() == "one\n", "heard to the end once"
    state, attempts, _held, _gone, length, recording = told(site, LOOK)
    assert (state, attempts) == ("written", "2")
    assert int(length) > 50

    worker = site.pid_of("command.jobs")
    os.kill(worker, signal.SIGSTOP)
    said = {"do": "place", "text": "Que chacun sache ce qui vient.", **teller._token()}
    where = teller.url(f"/voix/{recording}/texte/")
    assert teller.http.post(where, said, headers=teller._from_here(), timeout=60).status_code == 200
    assert told(site, LOOK)[:4] == ["placed", "2", "True", "False"]
    kill_worker(site)
    told(site, SWEEP)
    wait_for(lambda: told(site, LOOK)[3] == "True", 60)
    assert told(site, LOOK)[:4] == ["placed", "2", "False", "True"]
    assert [path for path in (site.data / "files" / "sounds").rglob("*") if path.is_file()] == []
    page = teller.http.get(teller.url(f"/partager/{teller.draft}/intention/"), timeout=20).text
    assert page.count("Que chacun sache ce qui vient.") == 1
