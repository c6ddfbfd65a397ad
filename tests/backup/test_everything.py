"""Every row and every file comes back: of each model, from one kind of server to the other and back."""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import os
import shutil
import tarfile
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from nuserus.config.backup.archive import mac_of
from nuserus.config.backup.tables import LEFT_OUT, count, tables_of
from nuserus.config.embedded.server import EmbeddedServer
from nuserus.config.instance import Instance
from nuserus.consent.actions.record import withdraw_consent
from nuserus.consent.enums import How
from nuserus.consent.models import Consent
from nuserus.facilitation.models import PersonWords
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.models.base import new_id
from nuserus.practices.actions.pictures import PHOTO_REMOVED
from tests.access.world import build_world
from tests.backup.whole import differences, files_of, fill_empty_tables, ids, rows_of
from tests.config.conftest import place
from tests.config.processes import run_nuserus, tree_of
from tests.config.test_hosted import BINARIES, Plain, create_roles, plain
from tests.factories.people import make_account
from tests.instance import SERVER

__all__ = ["place", "plain"]

# a copy notes its restoration in the journal and seals it; mail that waited is not sent by the copy
OWN = {"foundation_auditevent", "foundation_auditseal", "notifications_sending", *LEFT_OUT}


NUMBERS = itertools.count()
# one more way round takes half a minute: asked for as the longer loops of the other faults are
LONG = "NUSERUS_KILLS" in os.environ
Saved = tuple[Path, Path, dict[str, set[str]], dict[str, str]]


@pytest.fixture
def saved(database: None, place: Path) -> Saved:
    """A backup of the test database with a row in every table; its keys, rows and files."""
    Path(settings.NUSERUS_LEDGER).unlink(missing_ok=True)  # lines of other tests
    build_world()
    with acting_as(make_account().pk):
        note_withdrawal(PHOTO_REMOVED, object_id=new_id())
    admin = SERVER.admin_url.replace("/postgres?", "/nuserus?")
    with psycopg.connect(admin, autocommit=True) as connection:
        fill_empty_tables(connection)
        empty = {table.name for table in tables_of(connection) if count(connection, table.name) == 0}
    assert not empty
    instance = Instance(place / "source")
    instance.create(embedded=False)
    for name in ("keys", "files"):
        shutil.copytree(settings.NUSERUS_DATA / name, instance.folder / name, dirs_exist_ok=True)
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL")}
    done = run_nuserus(
        "backup", place / "a.tar", "--keys", place / "cles", "--data", instance.folder, folder=place, **urls
    )
    assert done.returncode == 0, done.stderr
    return place / "a.tar", place / "cles", rows_of(admin), files_of(instance.files)


def restore(backup: Path, keys: Path, data: Path, **urls: str) -> str:
    ledger = settings.NUSERUS_LEDGER
    done = run_nuserus(
        "restore", backup, "--keys", keys, "--ledger", ledger, "--data", data, folder=backup.parent, **urls
    )
    assert done.returncode == 0, done.stderr
    assert "tous vérifiés" in done.stdout
    return done.stdout


def rows_of_folder(data: Path) -> dict[str, set[str]]:
    server = EmbeddedServer(data / "postgresql")
    server.start()
    try:
        return rows_of(server.admin_url.replace("/postgres?", "/nuserus?"))
    finally:
        server.stop()


def assert_same(before: dict[str, set[str]], after: dict[str, set[str]]) -> None:
    assert differences(before, after, but=OWN) == []
    for table in {"foundation_auditevent", "notifications_sending"} & before.keys():
        assert ids(before[table]) <= ids(after[table]), table
    assert before["foundation_auditseal"] <= after["foundation_auditseal"]
    assert all(after[table] == set() for table in LEFT_OUT if table != "django_migrations")


@pytest.mark.skipif(not (BINARIES / "postgres").is_file(), reason=f"no PostgreSQL 15 in {BINARIES}")
def test_every_row_and_file_comes_back_from_server_to_server(saved: Saved, plain: Plain) -> None:
    backup, keys, rows, files = saved
    place = backup.parent
    manifest = json.loads(member(backup, "manifest.json"))
    counted = {entry["name"]: entry["rows"] for entry in manifest["tables"]}
    forgotten = [
        model._meta.label
        for model in apps.get_models()
        if not _of_tests(model) and not counted.get(model._meta.db_table)
    ]
    assert [label for label in forgotten if apps.get_model(label)._meta.db_table not in LEFT_OUT] == []

    assert create_roles(plain).returncode == 0
    restore(backup, keys, place / "hosted", **plain.urls)
    assert_same(rows, rows_of(plain.admin_url.replace("/postgres?", "/atelier?")))
    assert files_of(place / "hosted" / "files") == files
    assert files
    again = run_nuserus(
        "restore", backup, "--keys", keys, "--without-ledger", "--data", place / "other", folder=place, **plain.urls
    )
    assert again.returncode == 2
    assert "n’est pas vide" in again.stderr
    assert not (place / "other").exists()

    done = run_nuserus("backup", place / "b.tar", "--data", place / "hosted", folder=place, **plain.urls)
    assert done.returncode == 0, done.stderr
    restore(place / "b.tar", keys, place / "embedded")
    assert_same(rows, rows_of_folder(place / "embedded"))
    assert files_of(place / "embedded" / "files") == files
    checked = run_nuserus("check", "--data", place / "embedded", folder=place)
    assert checked.returncode == 0, checked.stdout

    gone = withdraw_since()
    said = restore(backup, keys, place / "later")
    assert "plus récent" in said
    later = rows_of_folder(place / "later")
    assert not [row for row in later["facilitation_personwords"] if gone in row]
    assert rows["facilitation_personwords"] != later["facilitation_personwords"]
    assert (
        (place / "later" / "ledger" / "withdrawals.jsonl")
        .read_bytes()
        .startswith(Path(settings.NUSERUS_LEDGER).read_bytes())
    )

    done = run_nuserus("backup", place / "c.tar", "--data", place / "embedded", folder=place)
    assert done.returncode == 0, done.stderr
    if LONG:
        restore(place / "c.tar", keys, place / "back")
        assert_same(rows, rows_of_folder(place / "back"))
        assert files_of(place / "back" / "files") == files


def withdraw_since() -> str:
    """Somebody withdraws after the backup. Returns the words that must not come back."""
    with as_system("read test data", recorded=False):
        consent = Consent.objects.get(object_id__in=list(PersonWords.objects.values_list("pk", flat=True)))
        words = PersonWords.objects.get(pk=consent.object_id)
    with acting_as(consent.scope_author) as asking:
        said = Consent.objects.select_related("notice_version").get(pk=consent.pk)
        withdraw_consent(actor=asking, consent=said, how=How.ORAL, witness="une aide-soignante")
    with as_system("read test data", recorded=False):
        assert PersonWords.objects.get(pk=words.pk).text == ""
    return words.text


def member(backup: Path, name: str) -> bytes:
    with tarfile.open(backup) as tar:
        content = tar.extractfile(name)
        assert content is not None
        return content.read()


def changed(backup: Path, name: str, content: bytes | None) -> Path:
    """The same archive with one member replaced, or taken out."""
    target = backup.with_name(f"changed-{next(NUMBERS)}.tar")
    with tarfile.open(backup) as old, tarfile.open(target, "w") as new:
        for info in old:
            source = old.extractfile(info)
            assert source is not None
            if info.name == name and content is None:
                continue
            written = content if info.name == name and content is not None else source.read()
            info.size = len(written)
            new.addfile(info, io.BytesIO(written))
    return target


def test_what_is_not_a_whole_backup_is_refused_and_nothing_is_touched(
    saved: Saved,
) -> None:
    backup, keys, _rows, _files = saved
    place = backup.parent
    whole = backup.read_bytes()
    cut = place / "cut.tar"
    cut.write_bytes(whole[: len(whole) // 2])
    other = place / "other.cles"
    Instance(place / "elsewhere").create(embedded=False)
    run_nuserus("backup", "--keys", other, "--data", place / "elsewhere", folder=place, **NOWHERE)
    letter = place / "letter.tar"
    letter.write_text("bonjour")
    manifest = json.loads(member(backup, "manifest.json"))
    first = f"data/{manifest['tables'][0]['name']}/000001.copy.gz"
    for file, key, words in (
        (cut, keys, "incomplète"),
        (letter, keys, "n’est pas une sauvegarde"),
        (changed(backup, first, b"x"), keys, f"{first} ne correspond pas"),
        (changed(backup, "end.mac", b"0" * 64), keys, "end.json ne correspond pas"),
        (changed(backup, "end.mac", None), keys, "incomplète"),
        (backup, other, "ne sont pas celles"),
        (backup, None, "a besoin de ses clés"),
        (resealed(backup, keys, {**manifest, "format": 2}), keys, "version plus récente"),
        (
            resealed(backup, keys, {**manifest, "migrations": [*manifest["migrations"], ["practices", "9999_later"]]}),
            keys,
            "version plus récente",
        ),
    ):
        before = tree_of(place)
        given: list[str | Path] = ["--keys", key] if key else []
        done = run_nuserus("restore", file, *given, "--without-ledger", "--data", place / "new", folder=place)
        assert done.returncode == 2, words
        assert words in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert tree_of(place) == before
    refuse_without_its_ledger(backup, keys)
    taken = run_nuserus("backup", backup, "--data", place / "source", folder=place, **NOWHERE)
    assert (taken.returncode, "existe déjà" in taken.stderr) == (2, True)
    assert backup.read_bytes() == whole


def refuse_without_its_ledger(backup: Path, keys: Path) -> None:
    place = backup.parent
    ledger = Path(settings.NUSERUS_LEDGER)
    changed_line, older = place / "changed.jsonl", place / "older.jsonl"
    changed_line.write_bytes(ledger.read_bytes().replace(PHOTO_REMOVED.encode(), b"practices.photo_added"))
    older.write_bytes(b"")
    refusals: list[tuple[tuple[str | Path, ...], str]] = [
        ((), "Donnez le registre des retraits"),
        (("--ledger", place / "absent.jsonl"), "Impossible de lire"),
        (("--ledger", changed_line), "a été modifié à la ligne"),
        (("--ledger", older), "plus vieux que la sauvegarde"),
    ]
    for given, words in refusals:
        before = tree_of(place)
        done = run_nuserus("restore", backup, "--keys", keys, *given, "--data", place / "new", folder=place)
        assert done.returncode == 2, words
        assert words in done.stderr, done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert tree_of(place) == before


NOWHERE = {
    "DATABASE_URL": "postgresql://app:hush@127.0.0.1:1/nuserus",
    "DATABASE_OWNER_URL": "postgresql://owner:hush@127.0.0.1:1/nuserus",
    "DATABASE_SYSTEM_URL": "postgresql://system:hush@127.0.0.1:1/nuserus",
}


def resealed(backup: Path, keys: Path, manifest: dict[str, object]) -> Path:
    """What a program with these notes would have written."""
    written = json.dumps(manifest).encode()
    end = json.loads(member(backup, "end.json"))
    facts = ["manifest.json", len(written), hashlib.sha256(written).hexdigest()]
    end["members"] = [facts if entry[0] == "manifest.json" else entry for entry in end["members"]]
    sealed = json.dumps(end).encode()
    mac = mac_of(sealed, bytes.fromhex(json.loads(keys.read_text())["audit"])).encode()
    return changed(changed(changed(backup, "manifest.json", written), "end.json", sealed), "end.mac", mac)


def test_a_policy_that_hides_rows_is_refused(
    saved: Saved,
) -> None:
    backup, _keys, _rows, _files = saved
    place = backup.parent
    urls = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_SYSTEM_URL")}
    with psycopg.connect(urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE POLICY hides ON practices_sheet AS RESTRICTIVE FOR SELECT USING (false)")
        try:
            done = run_nuserus("backup", place / "d.tar", "--data", place / "source", folder=place, **urls)
        finally:
            owner.execute("DROP POLICY hides ON practices_sheet")
    assert done.returncode == 2
    assert "practices_sheet cache des lignes" in done.stderr
    assert not list(place.glob("d.tar*"))


def _of_tests(model: type[Model]) -> bool:
    """A model that another test of the same run has made."""
    return model.__module__.startswith("tests.")
