"""The journal shows tampering: every way to tamper with a sealed chain, and an honest one."""

from __future__ import annotations

import threading
import uuid

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections

from nuserus.config.embedded.server import EmbeddedServer
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.audit.chain import ChainBroken, head_file, seal_events, verify_chain
from nuserus.foundation.audit.journal import commitment_to
from nuserus.foundation.models import AuditEvent

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(autouse=True)
def _no_head() -> None:
    head_file().unlink(missing_ok=True)


def _write(count: int) -> None:
    for number in range(count):
        with acting_as(None):
            record("try something", actor=None, object_id=uuid.uuid4(), content=f"secret {number}")


def _tamper(server: EmbeddedServer, statement: str) -> None:
    with psycopg.connect(server.admin_url.replace("/postgres?", "/nuserus?"), autocommit=True) as admin:
        admin.execute(statement)  # type: ignore[arg-type]


def test_honest_journal_holds() -> None:
    _write(5)
    assert seal_events() == 5
    verdict = verify_chain()
    assert (verdict.sealed, verdict.waiting, verdict.faults) == (5, 0, ())
    call_command("verify_audit")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_auditevent SET action = 'other' WHERE id = (SELECT event_id FROM foundation_auditseal WHERE position = 3)",
        "UPDATE foundation_auditevent SET actor_id = gen_random_uuid() WHERE id = (SELECT event_id FROM foundation_auditseal WHERE position = 1)",
        "DELETE FROM foundation_auditevent WHERE id = (SELECT event_id FROM foundation_auditseal WHERE position = 2)",
        "DELETE FROM foundation_auditseal WHERE position = 2",
        "DELETE FROM foundation_auditseal WHERE position = 5",
        "UPDATE foundation_auditseal SET mac = decode(repeat('00', 32), 'hex') WHERE position = 5",
        "UPDATE foundation_auditseal SET position = position + 1 WHERE position = 5",
    ],
)
def test_tampering_is_seen(server: EmbeddedServer, statement: str) -> None:
    _write(5)
    seal_events()
    _tamper(server, statement)
    assert verify_chain().faults
    with pytest.raises(CommandError, match="altéré"):
        call_command("verify_audit")


def test_cut_chain_is_not_sealed_over(server: EmbeddedServer) -> None:
    _write(3)
    seal_events()
    _tamper(server, "DELETE FROM foundation_auditseal WHERE position = 3")
    with pytest.raises(ChainBroken):
        seal_events()
    assert verify_chain().faults


def test_exchanged_events_are_seen(server: EmbeddedServer) -> None:
    _write(2)
    seal_events()
    _tamper(
        server,
        "UPDATE foundation_auditevent SET object_id = (SELECT object_id FROM foundation_auditevent"
        " WHERE id = (SELECT event_id FROM foundation_auditseal WHERE position = 2))"
        " WHERE id = (SELECT event_id FROM foundation_auditseal WHERE position = 1)",
    )
    assert [fault.position for fault in verify_chain().faults] == [1]


def test_event_exists_only_if_its_transaction_does() -> None:
    with pytest.raises(RuntimeError), acting_as(None):
        record("try something", actor=None)
        raise RuntimeError
    with as_system("count events", recorded=False):
        assert AuditEvent.objects.count() == 0


def test_journal_keeps_no_content() -> None:
    with acting_as(None):
        record("write a word", actor=None, content="Madame M. de la chambre 12")
    with as_system("read the journal", recorded=False):
        event = AuditEvent.objects.get()
    assert b"Madame" not in b"".join(bytes(part) for part in (event.salt, event.commitment))
    assert bytes(event.commitment) == commitment_to("Madame M. de la chambre 12", bytes(event.salt))


def test_application_can_neither_read_nor_change_the_journal() -> None:
    for statement in ("SELECT * FROM foundation_auditevent", "DELETE FROM foundation_auditseal"):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(ProgrammingError), connections["system"].cursor() as cursor:
        cursor.execute("UPDATE foundation_auditevent SET action = ''")


def test_sealing_waits_for_a_running_transaction_and_keeps_commit_order() -> None:
    """An event of a transaction still open is not overtaken: it is sealed once it can't be preceded."""
    opened, go_on = threading.Event(), threading.Event()

    def slow() -> None:
        with acting_as(None):
            record("slow", actor=None)
            opened.set()
            go_on.wait(10)
        connections.close_all()

    thread = threading.Thread(target=slow)
    thread.start()
    assert opened.wait(10)
    _write(1)
    assert seal_events() == 0
    go_on.set()
    thread.join(10)
    assert seal_events() == 2
    assert not verify_chain().faults


def test_system_role_leaves_its_reason() -> None:
    with as_system("import a file"):
        pass
    with as_system("read the journal", recorded=False):
        assert [event.action for event in AuditEvent.objects.all()] == ["system: import a file"]
    with pytest.raises(ValueError, match="reason"), as_system(" "):
        pass
