"""`nuserus serve` on a machine: ready, stopped, killed, started again."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from nuserus.config.embedded.server import EmbeddedServer
from nuserus.config.instance import Instance
from tests.config.processes import ON_LINUX, free_port, kill_all, run_nuserus, wait_for, wait_until_none
from tests.config.site import Site

pytestmark = ON_LINUX


@pytest.fixture(scope="module")
def module_place() -> Iterator[Path]:
    """One folder for all starts here: only the first one migrates an empty database."""
    folder = Path(tempfile.mkdtemp(prefix="nu-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def site(module_place: Path) -> Iterator[Site]:
    site = Site(module_place)
    yield site
    kill_all(module_place)
    if site.process is not None:
        site.process.wait(10)


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_leaves_no_process(site: Site, stop: signal.Signals) -> None:
    site.start()
    assert site.health() == 200
    assert f"http://localhost:{site.port}" in site.said()
    assert site.end(stop) == 0
    wait_until_none(site.place)
    assert "nuserus est arrêté." in site.said()


def test_killed_leaves_no_process_and_starts_again(site: Site) -> None:
    site.start()
    server = EmbeddedServer(site.data / "postgresql")
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("CREATE TABLE acquired AS SELECT 'acquis' AS word")
    secret = (site.data / "keys" / "secret").read_bytes()
    site.end(signal.SIGKILL)
    wait_until_none(site.place)
    site.start()
    assert site.health() == 200
    assert (site.data / "keys" / "secret").read_bytes() == secret
    with psycopg.connect(server.url("owner")) as connection:
        assert connection.execute("SELECT word FROM acquired").fetchone() == ("acquis",)
        connection.execute("DROP TABLE acquired")
    assert site.end(signal.SIGINT) == 0


def test_dead_children_are_started_again(site: Site) -> None:
    site.start()
    for parts in (("command.web",), ("command.jobs",), ("bin/postgres", "-D")):
        dead = site.pid_of(*parts)
        os.kill(dead, signal.SIGKILL)
        wait_for(partial(replaced, site, parts, dead))
        wait_for(lambda: site.health() == 200, 30)
    assert site.end(signal.SIGINT) == 0
    wait_until_none(site.place)


def replaced(site: Site, parts: tuple[str, ...], dead: int) -> bool:
    return site.pid_of(*parts) not in {0, dead}


def test_second_serve_on_the_folder_is_refused(site: Site) -> None:
    site.start()
    done = run_nuserus("serve", "--data", site.data, "--port", str(free_port()))
    assert (done.returncode, done.stdout) == (2, "")
    assert "utilise déjà le dossier" in done.stderr
    assert site.health() == 200
    assert site.end(signal.SIGINT) == 0


def test_site_ends_with_make(module_place: Path) -> None:
    site = Site(module_place, NUSERUS_END_WITH_PARENT="1")
    site.start(under=["/bin/sh", "-c", '"$@"; true', "sh"])
    try:
        site.end(signal.SIGKILL)
        wait_until_none(site.place)
    finally:
        kill_all(module_place)


def test_manage_uses_the_running_server_or_its_own(site: Site) -> None:
    words = ("manage", "showmigrations", "foundation")
    site.start()
    running = run_nuserus(*words, NUSERUS_DATA=str(site.data))
    assert site.health() == 200
    assert site.end(signal.SIGINT) == 0
    alone = run_nuserus(*words, NUSERUS_DATA=str(site.data))
    for done in (running, alone):
        assert done.returncode == 0, done.stderr
        assert "[X] 0001_floor" in done.stdout
    wait_until_none(site.place)


def test_check_says_what_is_right(site: Site) -> None:
    site.start()
    site.end(signal.SIGINT)
    done = run_nuserus("check", "--data", site.data)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines.pop() == "Tout va bien."
    assert [line[0] for line in lines] == ["✓"] * 8
    (site.data / "keys" / "secret").chmod(0o644)
    done = run_nuserus("check", "--data", site.data)
    (site.data / "keys" / "secret").chmod(0o600)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith("✗")] == [
        "✗ Clés : secret est lisible par d’autres comptes (chmod 600)."
    ]
    wait_until_none(site.place)


def test_database_of_a_newer_version_is_refused(site: Site) -> None:
    site.start()
    server = EmbeddedServer(site.data / "postgresql")
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('practices', '9999_later', now())"
        )
    assert site.health() == 503
    assert site.end(signal.SIGINT) == 0
    before = (site.data / "nuserus.json").read_bytes()
    done = run_nuserus("serve", "--data", site.data, "--port", str(site.port))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "version plus récente" in done.stderr
    assert (site.data / "nuserus.json").read_bytes() == before
    checked = run_nuserus("check", "--data", site.data)
    assert checked.returncode == 1
    assert "practices.9999_later" in checked.stdout
    wait_until_none(site.place)
    forget_the_future(server)


def forget_the_future(server: EmbeddedServer) -> None:
    server.start()
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    server.stop()


def test_applied_migrations_are_kept_in_the_marker(site: Site) -> None:
    site.start()
    site.end(signal.SIGINT)
    assert "foundation.0001_floor" in Instance(site.data).fact("migrations")
