"""`nuserus serve` on a machine: ready, stopped, killed, started again."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from nuserus.config.embedded.server import EmbeddedServer
from nuserus.config.instance import Instance
from nuserus.config.processes import exists
from tests.config.processes import ON_LINUX, free_port, kill_all, run_nuserus, wait_until_none
from tests.config.site import Site

pytestmark = ON_LINUX


@pytest.fixture(scope="class")
def running(module_place: Path) -> Iterator[Site]:
    """A site that serves for one class of tests; the terminal is closed on it at the end."""
    site = Site(module_place)
    site.start()
    yield site
    code = site.end(signal.SIGHUP)
    wait_until_none(module_place)
    assert code == 0


@pytest.fixture
def site(module_place: Path) -> Iterator[Site]:
    """A site for a test that starts and stops it, on the folder that the first one left."""
    site = Site(module_place)
    yield site
    kill_all(module_place)
    if site.process is not None:
        site.process.wait(10)


class TestWhileServing:
    """What others see of a site that runs."""

    def test_it_says_where_it_is(self, running: Site) -> None:
        assert running.health() == 200
        assert f"http://localhost:{running.port}" in running.said()

    def test_second_serve_on_the_folder_is_refused(self, running: Site) -> None:
        done = run_nuserus("serve", "--data", running.data, "--port", str(free_port()))
        assert (done.returncode, done.stdout) == (2, "")
        assert "utilise déjà le dossier" in done.stderr
        assert running.health() == 200

    def test_manage_uses_the_server_that_runs(self, running: Site) -> None:
        done = run_nuserus("manage", "showmigrations", "foundation", NUSERUS_DATA=str(running.data))
        assert done.returncode == 0, done.stderr
        assert "[X] 0001_floor" in done.stdout
        assert running.health() == 200

    def test_check_says_what_is_right_and_what_is_not(self, running: Site) -> None:
        done = run_nuserus("check", "--data", running.data)
        assert done.returncode == 0, done.stdout + done.stderr
        lines = done.stdout.splitlines()
        assert lines.pop() == "Tout va bien."
        assert [line[0] for line in lines] == ["✓"] * 9
        (running.data / "keys" / "secret").chmod(0o644)
        done = run_nuserus("check", "--data", running.data)
        (running.data / "keys" / "secret").chmod(0o600)
        assert done.returncode == 1
        assert [line for line in done.stdout.splitlines() if line.startswith("✗")] == [
            "✗ Clés : secret est lisible par d’autres comptes (chmod 600)."
        ]

    def test_applied_migrations_are_kept_in_the_marker(self, running: Site) -> None:
        assert "foundation.0001_floor" in Instance(running.data).fact("migrations")

    @pytest.mark.parametrize("parts", [("command.web",), ("command.jobs",), ("bin/postgres", "-D")])
    def test_dead_child_is_started_again(self, running: Site, parts: tuple[str, ...]) -> None:
        dead = running.pid_of(*parts)
        os.kill(dead, signal.SIGKILL)
        running.wait_for(lambda: running.pid_of(*parts) not in {0, dead})
        running.wait_for(lambda: running.health() == 200)

    def test_held_up_backend_of_a_dead_database_does_not_end_the_site(self, running: Site) -> None:
        with psycopg.connect(EmbeddedServer(running.data / "postgresql").url("app")) as connection:
            backend, postmaster = connection.info.backend_pid, running.pid_of("bin/postgres", "-D")
            os.kill(backend, signal.SIGSTOP)
            os.kill(postmaster, signal.SIGKILL)
            running.wait_for(lambda: running.pid_of("bin/postgres", "-D") not in {0, postmaster})
            running.wait_for(lambda: running.health() == 200)
            assert not exists(backend)

    def test_database_that_cannot_start_yet_is_tried_again(self, running: Site) -> None:
        data = running.data / "postgresql" / "data"
        postmaster = running.pid_of("bin/postgres", "-D")
        (data / "PG_VERSION").rename(data / "PG_VERSION.away")
        os.kill(postmaster, signal.SIGKILL)
        try:
            running.wait_for(lambda: "nouvel essai dans" in running.said())
            assert running.health() in {0, 503}
        finally:
            (data / "PG_VERSION.away").rename(data / "PG_VERSION")
        running.wait_for(lambda: running.health() == 200)

    def test_killed_web_server_leaves_no_worker(self, running: Site) -> None:
        web = running.pid_of("command.web")
        workers = children_of(web)
        assert workers
        os.kill(web, signal.SIGKILL)
        running.wait_for(lambda: not any(map(exists, workers)), 5)
        running.wait_for(lambda: running.health() == 200)


def children_of(parent: int) -> list[int]:
    """Numbers of the children of a process."""
    found = []
    for entry in (path for path in Path("/proc").iterdir() if path.name.isdigit()):
        with suppress(OSError):
            fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[1]) == parent:
                found.append(int(entry.name))
    return found


@pytest.fixture(scope="module")
def left(module_place: Path) -> Path:
    """The folder, whatever test runs first: migrated."""
    if not (module_place / "var" / "nuserus.json").is_file():
        site = Site(module_place)
        site.start()
        site.end(signal.SIGTERM)
    return module_place


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
    wait_until_none(site.place)
    assert "nuserus est arrêté." in site.said()


def test_site_ends_with_make(module_place: Path) -> None:
    site = Site(module_place, NUSERUS_END_WITH_PARENT="1")
    site.start(under=["/bin/sh", "-c", '"$@"; true', "sh"])
    try:
        site.end(signal.SIGKILL)
        wait_until_none(site.place)
    finally:
        kill_all(module_place)


def test_manage_starts_the_server_and_stops_it(left: Path) -> None:
    done = run_nuserus("manage", "showmigrations", "foundation", NUSERUS_DATA=str(left / "var"))
    assert done.returncode == 0, done.stderr
    assert "[X] 0001_floor" in done.stdout
    wait_until_none(left)


def test_database_of_a_newer_version_is_refused(left: Path) -> None:
    data = left / "var"
    server = EmbeddedServer(data / "postgresql")
    server.start()
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('practices', '9999_later', now())"
        )
    server.stop()
    before = (data / "nuserus.json").read_bytes()
    done = run_nuserus("serve", "--data", data, "--port", str(free_port()))
    checked = run_nuserus("check", "--data", data)
    server.start()
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    server.stop()
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "version plus récente" in done.stderr
    assert (data / "nuserus.json").read_bytes() == before
    assert checked.returncode == 1
    assert "practices.9999_later" in checked.stdout
    wait_until_none(left)


def test_database_of_another_history_is_refused_in_one_line(left: Path) -> None:
    data = left / "var"
    server = EmbeddedServer(data / "postgresql")
    server.start()
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("DELETE FROM django_migrations WHERE (app, name) = ('foundation', '0001_floor')")
    server.stop()
    done = run_nuserus("serve", "--data", data, "--port", str(free_port()))
    server.start()
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('foundation', '0001_floor', now())"
        )
    server.stop()
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "ne correspond pas aux migrations de ce programme" in done.stderr
    wait_until_none(left)
