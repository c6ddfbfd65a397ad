"""What `nuserus serve` refuses: one clear line, a non-zero exit, nothing touched."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import pytest

from nuserus.config.instance import Instance
from tests.config.processes import free_port, run_nuserus, tree_of

NOWHERE = {
    "DATABASE_URL": "postgresql://app:hush@127.0.0.1:1/nuserus",
    "DATABASE_OWNER_URL": "postgresql://owner:hush@127.0.0.1:1/nuserus",
    "DATABASE_SYSTEM_URL": "postgresql://system:hush@127.0.0.1:1/nuserus",
}


def serve(place: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run_nuserus(
        "serve", "--data", place / "var", "--port", str(free_port()), *words, folder=place, **environment
    )  # fmt: skip


def assert_one_line(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    for part in parts:
        assert part in lines[0]


def test_taken_port(place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_nuserus("serve", "--data", place / "var", "--port", str(port), folder=place)
    assert_one_line(done, f"Le port {port} est déjà pris")
    assert list(place.iterdir()) == []


def test_address_that_is_not_of_this_machine(place: Path) -> None:
    assert_one_line(serve(place, "--host", "192.0.2.1"), "Impossible d’écouter sur 192.0.2.1")
    assert list(place.iterdir()) == []


def test_foreign_folder(place: Path) -> None:
    (place / "var").mkdir()
    (place / "var" / "letter.txt").write_text("theirs")
    before = tree_of(place)
    assert_one_line(serve(place), "contient déjà autre chose", str(place / "var"))
    assert tree_of(place) == before


def test_folder_of_a_newer_version(place: Path) -> None:
    instance = Instance(place / "var")
    instance.create(embedded=False)
    instance.marker.write_text(json.dumps({"format": 2, "keys": True}))
    before = tree_of(place)
    assert_one_line(serve(place), "version plus récente")
    assert tree_of(place) == before


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({}, "La base de DATABASE_URL ne répond pas"),
        ({"DATABASE_OWNER_URL": ""}, "Il manque la variable DATABASE_OWNER_URL"),
        ({"DATABASE_URL": "mysql://app@127.0.0.1/nuserus"}, "DATABASE_URL doit avoir la forme postgresql://"),
        ({"DATABASE_URL": "postgresql://app@127.0.0.1:port/nuserus"}, "DATABASE_URL doit avoir la forme"),
        ({"DATABASE_URL": "postgresql://app@127.0.0.1:1/other"}, "la même base"),
        ({"DATABASE_URL": "postgresql://owner@127.0.0.1:1/nuserus"}, "trois rôles différents"),
    ],
)
def test_wrong_database_url(place: Path, change: dict[str, str], part: str) -> None:
    done = serve(place, **{**NOWHERE, **change})
    assert_one_line(done, part)
    assert "hush" not in done.stderr
    assert list(place.iterdir()) == []


def test_roles_need_the_three_addresses(place: Path) -> None:
    done = run_nuserus("create-roles", "--admin-url", "postgresql://x@127.0.0.1:1/postgres", folder=place)
    assert_one_line(done, "DATABASE_URL, DATABASE_OWNER_URL, DATABASE_SYSTEM_URL")


def test_check_of_a_folder_that_does_not_exist(place: Path) -> None:
    done = run_nuserus("check", "--data", place / "var", folder=place)
    assert done.returncode == 1
    assert "n’existe pas encore" in done.stdout
    assert list(place.iterdir()) == []


def test_english_terminal_still_gets_one_line(place: Path) -> None:
    (place / "var").write_text("a file")
    done = serve(place, NUSERUS_LANGUAGE="en")
    assert_one_line(done, str(place / "var"))


def test_port_out_of_range(place: Path) -> None:
    done = run_nuserus("serve", "--port", "70000", folder=place)
    assert done.returncode == 2
    assert "1 à 65535" in done.stderr
