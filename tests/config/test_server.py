"""The embedded server: life, recovery, and who may connect."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from nuserus.config.embedded.postmaster import read_postmaster, running_postmaster
from nuserus.config.embedded.server import EmbeddedServer
from nuserus.config.processes import exists
from nuserus.config.refusal import InUse, Refusal
from tests.config.conftest import FAST, as_nobody
from tests.config.processes import ON_LINUX, clean_environment, kill_all, wait_for, wait_until_none

SUPERVISE = """
import sys, time
from pathlib import Path
import nuserus.config.processes as processes
if "without-kernel" in sys.argv:
    processes.die_with_parent = lambda stop_signal: (lambda: None)
from nuserus.config.embedded.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
server.start()
print("ready", flush=True)
time.sleep(600)
"""


def supervise_elsewhere(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """A process that has started a server on the folder and keeps it."""
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(folder), *words], stdout=subprocess.PIPE, env=clean_environment()
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    if process.stdout:
        process.stdout.close()


def write_note(server: EmbeddedServer, text: str) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS note (text text)")
        connection.execute("INSERT INTO note VALUES (%s)", [text])


def notes(server: EmbeddedServer) -> list[str]:
    with psycopg.connect(server.url("app")) as connection:
        return [row[0] for row in connection.execute("SELECT text FROM note ORDER BY text")]


def test_restart_keeps_what_was_written(server: EmbeddedServer) -> None:
    write_note(server, "avant")
    server.stop()
    assert not server.running()
    server.start()
    assert notes(server) == ["avant"]


def test_stop_twice_is_harmless(server: EmbeddedServer) -> None:
    server.stop()
    server.stop()
    assert not server.running()


@ON_LINUX
def test_kill_of_the_supervisor_stops_the_server(place: Path) -> None:
    process = supervise_elsewhere(place / "pg")
    server = EmbeddedServer(place / "pg")
    write_note(server, "acquis")
    end(process)
    wait_until_none(place)
    server.start()
    try:
        assert notes(server) == ["acquis"]
    finally:
        server.stop()
    wait_until_none(place)


def test_leftover_server_is_adopted(place: Path) -> None:
    process = supervise_elsewhere(place / "pg", "without-kernel")
    server = EmbeddedServer(place / "pg")
    try:
        write_note(server, "acquis")
        end(process)
        leftover = running_postmaster(server.data)
        assert leftover is not None
        server.start()
        assert not exists(leftover.pid)
        assert notes(server) == ["acquis"]
        server.stop()
        wait_until_none(place)
    finally:
        kill_all(place)


def test_crash_of_the_server_itself_is_recovered(server: EmbeddedServer) -> None:
    write_note(server, "acquis")
    found = running_postmaster(server.data)
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)
    wait_for(lambda: not server.running())
    server.restart()
    assert notes(server) == ["acquis"]


def test_stale_file_with_the_number_of_another_program(server: EmbeddedServer) -> None:
    server.stop()
    with subprocess.Popen(["sleep", "60"]) as other:
        (server.data / "postmaster.pid").write_text(f"{other.pid}\n{server.data}\n1\n5432\n\n\n0 0\nready\n")
        assert running_postmaster(server.data) is None
        server.start()
        assert other.poll() is None
        other.kill()
    found = read_postmaster(server.data)
    assert found is not None
    assert found.ready


def test_two_supervisors_on_one_folder(server: EmbeddedServer) -> None:
    with pytest.raises(InUse):
        EmbeddedServer(server.folder).start()
    assert server.running()
    assert EmbeddedServer(server.folder).supervised()


def test_data_of_another_major_version_is_not_touched(server: EmbeddedServer) -> None:
    server.stop()
    (server.data / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refusal, match="PostgreSQL 17"):
        server.start()
    assert (server.data / "PG_VERSION").read_text() == "17\n"


def test_path_too_long_for_a_socket(place: Path) -> None:
    folder = place / ("long" * 25) / "pg"
    folder.parent.mkdir(mode=0o711)
    server = EmbeddedServer(folder, options=FAST)
    server.start()
    try:
        write_note(server, "au bout du chemin")
        chosen = Path((folder / "socket-folder").read_text().strip())
        assert chosen.stat().st_mode & 0o777 == 0o700
        server.stop()
        server.start()
        assert notes(server) == ["au bout du chemin"]
        assert Path((folder / "socket-folder").read_text().strip()) == chosen
    finally:
        server.stop()
        chosen.rmdir()


def test_no_tcp(server: EmbeddedServer) -> None:
    with psycopg.connect(server.admin_url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    found = running_postmaster(server.data)
    assert found is not None
    assert not listening_sockets(found.pid)


def listening_sockets(pid: int) -> set[str]:
    """TCP sockets of the process in state LISTEN (0A), by inode."""
    listening = set()
    for table in ("tcp", "tcp6"):
        lines = Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
        listening |= {f"socket:[{line.split()[9]}]" for line in lines if line.split()[3] == "0A"}
    return listening & {str(handle.readlink()) for handle in Path(f"/proc/{pid}/fd").iterdir()}


@pytest.mark.parametrize("role", ["owner", "app", "system"])
def test_other_account_does_not_reach_the_socket(server: EmbeddedServer, other_account: str, role: str) -> None:
    with as_nobody(), pytest.raises(psycopg.OperationalError, match="Permission denied"):
        psycopg.connect(server.url(role))  # type: ignore[arg-type]


def test_other_account_is_refused_even_with_open_folders(place: Path, other_account: str) -> None:
    server = EmbeddedServer(place / "pg", options={**FAST, "unix_socket_permissions": "0777"})
    server.start()
    try:
        for folder in (server.folder, server.folder / "socket"):
            folder.chmod(0o755)
        for url in (server.url("owner"), server.url("app"), server.url("system"), server.admin_url):
            with as_nobody(), pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
                psycopg.connect(url)
        with psycopg.connect(server.url("app")) as connection:
            assert connection.execute("SELECT current_user").fetchone() == ("nuserus_app",)
    finally:
        server.stop()


def test_folders_are_closed_to_others(server: EmbeddedServer) -> None:
    for path in (server.folder, server.data, server.folder / "socket", server.log, server.folder / "pg_hba.conf"):
        assert path.stat().st_mode & 0o007 == 0, path


def test_folder_out_of_reach_is_refused_in_words(place: Path, other_account: str) -> None:
    closed = place / "ferme"
    closed.mkdir(mode=0o700)
    with pytest.raises(Refusal, match="ne peut pas entrer"):
        EmbeddedServer(closed / "pg").start()
    assert list(closed.iterdir()) == []
    assert closed.stat().st_mode & 0o777 == 0o700
