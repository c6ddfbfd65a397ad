"""The data folder: made once, closed to others, and never touched when it isn't ours or is newer."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nuserus.config.instance import Instance, default_folder, unknown_migrations
from nuserus.config.refusal import InUse, Refusal
from tests.config.conftest import as_nobody
from tests.config.processes import tree_of


@pytest.fixture
def instance(place: Path) -> Iterator[Instance]:
    """A new instance for a hosted database: nothing but its own files."""
    made = Instance(place / "var")
    made.refuse_unusable()
    made.create(embedded=False)
    yield made
    made.unlock()


def test_new_folder_is_closed_and_has_two_keys(instance: Instance) -> None:
    assert instance.folder.stat().st_mode & 0o777 == 0o700
    for folder in (instance.keys, instance.files, instance.mail):
        assert folder.stat().st_mode & 0o777 == 0o700
    keys = [instance.keys / "secret", instance.keys / "audit"]
    assert [(key.stat().st_mode & 0o777, key.stat().st_size) for key in keys] == [(0o600, 32), (0o600, 32)]
    assert keys[0].read_bytes() != keys[1].read_bytes()


def test_the_key_of_names_is_made_once(instance: Instance) -> None:
    key = instance.keys / "names"
    assert (key.stat().st_mode & 0o777, key.stat().st_size) == (0o600, 32)
    key.unlink()
    again = Instance(instance.folder)
    again.refuse_unusable()
    again.create(embedded=False)
    assert not key.exists()


def test_a_key_of_names_that_the_operator_keeps_is_not_made(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUSERUS_KEY_TABLE_KEY_FILE", str(place / "elsewhere"))
    made = Instance(place / "var")
    made.create(embedded=False)
    assert not (made.keys / "names").exists()
    made.unlock()


def test_creating_again_changes_nothing(instance: Instance) -> None:
    before = tree_of(instance.folder)
    again = Instance(instance.folder)
    again.refuse_unusable()
    again.create(embedded=False)
    assert tree_of(instance.folder) == before


def test_creation_that_was_cut_short_is_finished(place: Path) -> None:
    folder = place / "var"
    folder.mkdir()
    (folder / "nuserus.lock").touch()
    (folder / "nuserus.json.part").write_text("{")
    instance = Instance(folder)
    instance.refuse_unusable()
    instance.create(embedded=False)
    assert instance.fact("keys") is True


@pytest.mark.parametrize("name", ["photo.jpg", ".hidden", "postgresql/data/PG_VERSION", "nuserus.json"])
def test_foreign_folder_is_refused_and_not_touched(place: Path, name: str) -> None:
    folder = place / "theirs"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_text("theirs")
    before = tree_of(folder)
    with pytest.raises(Refusal, match="touché"):
        Instance(folder).refuse_unusable()
    assert tree_of(folder) == before


def test_file_in_place_of_a_folder_is_refused(place: Path) -> None:
    (place / "var").write_text("a file")
    with pytest.raises(Refusal):
        Instance(place / "var").refuse_unusable()
    assert (place / "var").read_text() == "a file"


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """Inside, this process may not write in the folder, even when the tests run as root."""
    folder.chmod(0o555)
    if os.geteuid() == 0:
        with as_nobody():
            yield
    else:
        yield
        folder.chmod(0o755)


@pytest.mark.parametrize("name", ["", "var", "a/b/var"])
def test_unwritable_folder_is_refused(place: Path, name: str) -> None:
    with without_rights(place), pytest.raises(Refusal, match="Impossible d’écrire dans"):
        Instance(place / name).refuse_unusable()
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("fact", [{"format": 99}, {"migrations": ["practices.9999_of_next_year"]}])
def test_newer_folder_is_refused_and_not_touched(instance: Instance, fact: dict[str, object]) -> None:
    instance.marker.write_text(json.dumps({**json.loads(instance.marker.read_text()), **fact}))
    before = tree_of(instance.folder)
    with pytest.raises(Refusal, match="version plus récente"):
        Instance(instance.folder).refuse_unusable()
    assert tree_of(instance.folder) == before


def test_migrations_that_we_have_are_known() -> None:
    assert unknown_migrations(["foundation.0001_floor", "foundation.0002_gone"]) == ["foundation.0002_gone"]


@pytest.mark.parametrize("name", ["secret", "audit"])
def test_lost_key_is_said_and_never_replaced(instance: Instance, name: str) -> None:
    (instance.keys / name).unlink()
    with pytest.raises(Refusal, match=f"keys/{name}"):
        Instance(instance.folder).refuse_unusable()
    assert not (instance.keys / name).exists()


def test_two_serves_on_one_folder(instance: Instance) -> None:
    instance.lock()
    with pytest.raises(InUse, match="nuserus serve"):
        Instance(instance.folder).lock()
    instance.unlock()
    other = Instance(instance.folder)
    other.lock()
    other.unlock()


def test_default_folder_is_var_here(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place)
    assert default_folder(embedded=True) == place / "var"


def test_default_folder_of_root_below_a_closed_folder(
    place: Path, monkeypatch: pytest.MonkeyPatch, other_account: str
) -> None:
    closed = place / "maison"
    closed.mkdir(mode=0o700)
    monkeypatch.chdir(closed)
    chosen = default_folder(embedded=True)
    assert chosen.parent == Path("/var/lib/nuserus")
    assert chosen.name.startswith("maison-")
    assert default_folder(embedded=False) == closed / "var"
