"""Hosted: the same program on the distribution's plain PostgreSQL 15, with passwords and three roles."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from nuserus.config.embedded.account import server_account
from nuserus.config.processes import spawn
from tests.config.processes import clean_environment, free_port, kill_all, run_nuserus, wait_for, wait_until_none

BINARIES = Path("/usr/lib/postgresql/15/bin")
PASSWORD = "motdepasse-admin"

pytestmark = pytest.mark.skipif(
    not (BINARIES / "postgres").is_file(), reason=f"no PostgreSQL 15 of the distribution in {BINARIES}"
)


@dataclass(frozen=True)
class Plain:
    """A server that knows nothing of nuserus, and what an administrator would write for it."""

    place: Path
    admin_url: str
    urls: dict[str, str]

    def url(self, role: str) -> str:
        return self.urls[{"app": "DATABASE_URL"}.get(role, f"DATABASE_{role.upper()}_URL")]


def run_as_server(*words: str | Path) -> None:
    child = spawn(
        list(words),
        if_parent_dies=signal.SIGKILL,
        environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        output=subprocess.DEVNULL,
        account=server_account().switch,
    )
    assert child.wait() == 0, words


@pytest.fixture
def plain(place: Path) -> Iterator[Plain]:
    """PostgreSQL 15 on a socket, passwords asked of everyone."""
    account = server_account()
    for name in ("data", "socket"):
        (place / name).mkdir(mode=0o700)
        shutil.chown(place / name, account.uid, account.gid)
    secret = place / "data.password"
    secret.write_text(PASSWORD)
    secret.chmod(0o644)
    run_as_server(
        BINARIES / "initdb", "-D", place / "data", "-U", "admin", "-A", "scram-sha-256", "--pwfile", secret, "-N"
    )  # fmt: skip
    server = spawn(
        [BINARIES / "postgres", "-D", place / "data", "-k", place / "socket", "-h", "", "-F"],
        if_parent_dies=signal.SIGINT,
        environment={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        output=subprocess.DEVNULL,
        account=account.switch,
    )
    host = quote(str(place / "socket"))
    admin = f"postgresql://admin:{PASSWORD}@/postgres?host={host}"
    passwords = {role: secrets.token_urlsafe(12) + "é%/" for role in ("app", "owner", "system")}
    urls = {
        name: f"postgresql://nu_{role}:{quote(passwords[role], safe='')}@/atelier?host={host}"
        for name, role in (("DATABASE_URL", "app"), ("DATABASE_OWNER_URL", "owner"), ("DATABASE_SYSTEM_URL", "system"))
    }
    wait_for(lambda: answers(admin))
    yield Plain(place, admin, urls)
    server.send_signal(signal.SIGINT)
    server.wait(30)
    kill_all(place)


def answers(url: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(url).close()
        return True
    return False


def create_roles(plain: Plain) -> subprocess.CompletedProcess[str]:
    return run_nuserus("create-roles", "--admin-url", plain.admin_url, folder=plain.place, **plain.urls)


def test_roles_are_created_and_said(plain: Plain) -> None:
    done = create_roles(plain)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Rôle nu_owner créé.",
        "Rôle nu_app créé.",
        "Rôle nu_system créé.",
        "Base atelier créée.",
        "Droits posés sur la base atelier.",
    ]
    again = create_roles(plain)
    assert again.returncode == 0, again.stderr
    assert "Base atelier déjà présente." in again.stdout
    with psycopg.connect(plain.url("owner")) as connection:
        connection.execute("CREATE TABLE thing (name text)")
    with psycopg.connect(plain.url("app")) as connection:
        connection.execute("INSERT INTO thing VALUES ('a')")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (name text)")


def test_an_administrator_who_is_not_superuser_can_do_it(plain: Plain) -> None:
    with psycopg.connect(plain.admin_url) as connection:
        connection.execute("CREATE ROLE manager LOGIN CREATEDB CREATEROLE PASSWORD 'manager'")
    host = quote(str(plain.place / "socket"))
    done = run_nuserus(
        "create-roles",
        "--admin-url",
        f"postgresql://manager:manager@/postgres?host={host}",
        folder=plain.place,
        **plain.urls,
    )
    assert done.returncode == 0, done.stderr
    with psycopg.connect(plain.admin_url) as connection:
        row = connection.execute("SELECT pg_has_role('manager', 'nu_owner', 'MEMBER')").fetchone()
    assert row == (False,)


def test_roles_that_may_too_much_are_refused(plain: Plain) -> None:
    create_roles(plain)
    with psycopg.connect(plain.admin_url) as connection:
        connection.execute("ALTER ROLE nu_app BYPASSRLS")
    done = run_nuserus(
        "serve", "--data", plain.place / "var", "--port", str(free_port()), folder=plain.place, **plain.urls
    )
    assert done.returncode == 2
    assert "passe outre les règles d’accès" in done.stderr
    assert not (plain.place / "var").exists()


def test_wrong_password_is_one_line(plain: Plain) -> None:
    create_roles(plain)
    urls = {**plain.urls, "DATABASE_URL": plain.urls["DATABASE_SYSTEM_URL"].replace("nu_system", "nu_app")}
    done = run_nuserus("serve", "--data", plain.place / "var", "--port", str(free_port()), folder=plain.place, **urls)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "DATABASE_URL" in done.stderr
    assert not (plain.place / "var").exists()


def test_serves_on_a_plain_postgresql(plain: Plain) -> None:
    assert create_roles(plain).returncode == 0
    port = free_port()
    log = plain.place / "log"
    with log.open("wb") as output:
        site = subprocess.Popen(
            [sys.executable, "-m", "nuserus", "serve", "--data", plain.place / "var", "--port", str(port)],
            env=clean_environment(**plain.urls),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(lambda: site.poll() is not None or "est prêt" in log.read_text(), 120)
            assert site.poll() is None, log.read_text()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
                assert (answer.status, answer.read()) == (200, b"ok\n")
            done = run_nuserus("check", "--data", plain.place / "var", folder=plain.place, **plain.urls)
            assert done.returncode == 0, done.stdout
            assert not (plain.place / "var" / "postgresql").exists()
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(60)
    assert site.returncode == 0
    wait_until_none(plain.place / "var")
