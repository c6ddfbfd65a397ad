"""The ledger of withdrawals: sealed lines outside the database, each taken once, whatever died in between."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.ledger import noting, replaying
from nuserus.foundation.ledger.lines import Entry, LedgerBroken, append, read
from nuserus.foundation.ledger.noting import ledger_file, ledger_key, note_withdrawal, write_ledger
from nuserus.foundation.models import LedgerEntry
from nuserus.foundation.models.base import new_id
from tests.factories.people import make_account

KEY = b"k" * 32
entries = st.builds(
    Entry,
    id=st.uuids(),
    kind=st.text(min_size=1, max_size=60),
    object_id=st.uuids(),
    at=st.datetimes().map(lambda moment: moment.isoformat()),
    details=st.dictionaries(st.text(max_size=10), st.text(max_size=40), max_size=3),
)


def entry(kind: str = "tests.thing") -> Entry:
    return Entry(new_id(), kind, new_id(), "2026-11-21T10:00:00+00:00", {"how": "card"})


@given(st.lists(entries, max_size=6, unique_by=lambda one: one.id))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, said: list[Entry]) -> None:
    path = tmp_path_factory.mktemp("ledger") / "withdrawals.jsonl"
    append(path, said, KEY)
    append(path, said, KEY)
    assert read(path, KEY) == said
    assert path.stat().st_mode & 0o077 == 0


@given(st.data())
def test_a_power_cut_loses_the_line_it_cut_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "withdrawals.jsonl"
    first, second, third = entry(), entry(), entry()
    append(path, [first], KEY)
    whole = path.stat().st_size
    append(path, [second], KEY)
    cut = data.draw(st.integers(whole, path.stat().st_size - 1))
    with path.open("r+b") as file:
        file.truncate(cut)
    assert read(path, KEY) == [first]
    append(path, [third, second], KEY)
    assert read(path, KEY) == [first, third, second]


@pytest.mark.parametrize("change", ["kind", "id", "seal", "key", "garbage"])
def test_a_changed_line_is_named(tmp_path: Path, change: str) -> None:
    path = tmp_path / "withdrawals.jsonl"
    append(path, [entry(), entry()], KEY)
    lines = path.read_text().splitlines()
    said = json.loads(lines[1])
    if change == "garbage":
        lines[1] = "tout autre chose"
    elif change != "key":
        place = {"id": 0, "kind": 1, "seal": -1}[change]
        said[place] = str(new_id()) if change == "id" else f"{said[place]}0"
        lines[1] = json.dumps(said)
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(LedgerBroken) as broken:
        read(path, b"o" * 32 if change == "key" else KEY)
    assert broken.value.line == (1 if change == "key" else 2)


def waiting() -> int:
    with as_system("read test data", recorded=False):
        return LedgerEntry.objects.filter(written_at=None).count()


def in_the_file() -> set[str]:
    return {str(one.object_id) for one in read(ledger_file(), ledger_key())} if ledger_file().is_file() else set()


@pytest.mark.usefixtures("database")
def test_a_withdrawal_is_in_the_file_once_it_is_committed() -> None:
    person, kept, undone = make_account(), new_id(), new_id()
    with acting_as(person.pk):
        note_withdrawal("tests.thing", object_id=kept)
        assert str(kept) not in in_the_file()
    with pytest.raises(RuntimeError), acting_as(person.pk):
        note_withdrawal("tests.thing", object_id=undone)
        raise RuntimeError
    assert str(kept) in in_the_file()
    assert str(undone) not in in_the_file()
    assert waiting() == 0


@pytest.mark.usefixtures("database")
def test_what_the_disk_refused_is_written_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    thing = new_id()
    with monkeypatch.context() as patched:
        patched.setattr(noting, "append", full)
        with acting_as(make_account().pk):
            note_withdrawal("tests.thing", object_id=thing)
        assert "waits to be written" in caplog.text
    assert waiting() == 1
    assert write_ledger() == 1
    assert str(thing) in in_the_file()
    assert write_ledger() == 0


@pytest.mark.usefixtures("database")
def test_dying_between_the_file_and_the_mark_writes_it_twice_and_reads_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    thing = new_id()

    def append_and_die(*given: object) -> None:
        append(*given)  # type: ignore[arg-type]
        raise OSError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(noting, "append", append_and_die)
        with acting_as(make_account().pk):
            note_withdrawal("tests.thing", object_id=thing)
    assert write_ledger() == 1
    text = ledger_file().read_text()
    assert text.count(str(thing)) == 2
    assert [one.object_id for one in read(ledger_file(), ledger_key())].count(thing) == 1


@pytest.mark.usefixtures("database")
def test_the_application_adds_lines_and_reads_none() -> None:
    with acting_as(make_account().pk), connection.cursor() as cursor:
        for refused in ("SELECT count(*) FROM", "DELETE FROM", "UPDATE"):
            ending = " SET kind = ''" if refused == "UPDATE" else ""
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(f"{refused} foundation_ledgerentry{ending}")


@pytest.mark.usefixtures("database")
def test_replayed_once_in_order_and_an_unknown_kind_stops(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(settings, "NUSERUS_LEDGER", tmp_path / "withdrawals.jsonl")
    done: list[Entry] = []
    monkeypatch.setitem(replaying._replays, "tests.thing", done.append)
    said = [entry(), entry()]
    append(ledger_file(), said, ledger_key())
    assert replaying.replay_ledger().startswith("2 retraits")
    assert done == said
    replaying.replay_ledger()
    assert done == said
    append(ledger_file(), [entry("tests.unheard_of")], ledger_key())
    with pytest.raises(replaying.UnknownKind):
        replaying.replay_ledger()


@pytest.mark.usefixtures("database")
def test_without_a_file_the_ledger_begins_with_what_the_database_knows(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    thing = new_id()
    with acting_as(make_account().pk):
        note_withdrawal("tests.thing", object_id=thing)
    monkeypatch.setattr(settings, "NUSERUS_LEDGER", tmp_path / "new" / "withdrawals.jsonl")
    replaying.replay_ledger()
    assert in_the_file() == {str(thing)}
