"""A worker killed in the middle of each kind of job: what the job does is done, and done once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import IO, Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from procrastinate.contrib.django import app

from nuserus.consent.enums import How, Mode, Step
from nuserus.consent.models import ConsentEvent, ForgottenFile, Withdrawal
from nuserus.corpus.actions.masking import begin_masking
from nuserus.corpus.enums import SourceKind
from nuserus.corpus.models import Masking, SealedOriginal, Source
from nuserus.devices.models import NetworkBlock
from nuserus.directory.actions.imports.running import run_import
from nuserus.directory.enums import ImportSource, ImportState
from nuserus.directory.models import Category, Department, Import, Institution, Membership
from nuserus.fieldwork.models import Recording as FieldRecording
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.audit.chain import verify_chain
from nuserus.foundation.ledger.lines import read
from nuserus.foundation.ledger.noting import ledger_file, ledger_key
from nuserus.foundation.levels import Level
from nuserus.foundation.models import LedgerEntry, MissionHolder
from nuserus.foundation.models.audit import AuditEvent, AuditSeal
from nuserus.foundation.models.base import new_id
from nuserus.foundation.tasks import take_up_jobs
from nuserus.instruments.models import SubmittedFile
from nuserus.notifications.models import Notice, Sending
from nuserus.people.models import Account
from nuserus.practices.actions.commons import commons_file
from nuserus.practices.actions.freshness import STILL_VALID
from nuserus.practices.enums.versions import YEAR
from nuserus.screening.models import ScreenedText
from nuserus.search.models import Entry
from nuserus.studies.models import RetentionRule
from nuserus.voice.models import Recording
from tests.config.processes import ON_LINUX, ROOT
from tests.directory.registers import institution
from tests.factories.consent import make_work, say
from tests.factories.corpus import make_heard_place, make_source
from tests.factories.devices import get_device, make_hidden
from tests.factories.directory import make_institution
from tests.factories.fieldwork import make_field
from tests.factories.instruments import answer_xml, make_version, send_fiche
from tests.factories.interviews import make_field_recording, make_interview, make_listened
from tests.factories.people import make_account
from tests.factories.practices import make_draft
from tests.factories.sheets import make_member, make_sheet
from tests.factories.voice import make_recording
from tests.instance import SERVER

pytestmark = [ON_LINUX, pytest.mark.usefixtures("database")]

BOTH = ("uncommitted", "unnoted")
# Kinds whose own tests kill the worker at finer steps, and what this test itself stands on.
ELSEWHERE = {
    "nuserus.notifications.tasks.send": "tests/notifications/test_sending.py",
    "nuserus.notifications.tasks.send_due": "tests/notifications/test_sending.py",
    "nuserus.voice.tasks.transcribe": "tests/reliability/test_killed_transcription.py",
    "nuserus.fieldwork.tasks.hear_recording": "tests/fieldwork/test_interviews.py",
    "nuserus.voice.tasks.erase": "tests/reliability/test_killed_transcription.py",
    "nuserus.voice.tasks.sweep_recordings": "tests/reliability/test_killed_transcription.py",
    "nuserus.foundation.tasks.take_up_jobs": "tests/reliability/test_killed_jobs.py",
}


@dataclass
class Work:
    """What one job was given, and how many times its effect is there (once, or the thing is gone)."""

    seen: Callable[[], int]
    expected: int = 1
    arguments: dict[str, Any] = field(default_factory=lambda: {"timestamp": 0})


def seal_journal() -> Work:
    with as_system("test data"):
        record("test", actor=None)
    event = AuditEvent.objects.using("system").filter(action="test").get()

    def seen() -> int:
        verdict = verify_chain()
        assert verdict.faults == ()
        return AuditSeal.objects.using("system").filter(event_id=event.pk).count()

    return Work(seen)


def write_withdrawals() -> Work:
    thing = new_id()
    with as_system("test data"):
        LedgerEntry.objects.create(kind="tests.thing", object_id=thing)

    def seen() -> int:
        assert not LedgerEntry.objects.using("system").filter(written_at=None).exists()
        return [one.object_id for one in read(ledger_file(), ledger_key())].count(thing)

    return Work(seen)


def forget_sessions() -> Work:
    Session.objects.create(session_key="ended", session_data="", expire_date=timezone.now() - timedelta(days=1))
    return Work(lambda: Session.objects.filter(pk="ended").count(), expected=0)


def forget_jobs() -> Work:
    with admin() as connection:
        row = connection.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status) VALUES ('default', 'old', 'succeeded') "
            "RETURNING id"
        ).fetchone()
        assert row is not None
        connection.execute(
            "UPDATE procrastinate_events SET at = now() - interval '9 days', type = 'succeeded' WHERE job_id = %s", row
        )
        connection.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, 'succeeded', now() - interval '9 days')",
            row,
        )
    return Work(lambda: count_of("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'old'"), expected=0)


def index() -> Work:
    sheet = make_sheet(indexed=False)
    arguments = {"kind": "sheet", "object_id": str(sheet.pk)}
    return Work(lambda: Entry.objects.using("system").filter(object_id=sheet.pk).count(), arguments=arguments)


def end_consents() -> Work:
    person = make_account()
    work = make_work(person)
    say(person, Step.GIVEN, about=work, mission=work, expires_at=timezone.now() - timedelta(minutes=1))
    return Work(lambda: ConsentEvent.objects.using("system").filter(kind=Step.EXPIRED).count())


def carry_out_withdrawal() -> Work:
    return _withdrawing(done=False)


def empty_withdrawal_outbox() -> Work:
    return _withdrawing(done=True)


def end_withdrawals() -> Work:
    work = _withdrawing(done=False)
    work.arguments = {"timestamp": 0}
    return work


def _withdrawing(*, done: bool) -> Work:
    """Somebody asked to withdraw; a file of theirs is on the disk."""
    name = default_storage.save("voix.m4a", ContentFile(b"their voice"))
    row = Withdrawal(
        subject=new_id(),
        mode=Mode.ERASE,
        how=How.CARD,
        scope_mission=new_id(),
        done_at=timezone.now() if done else None,
    )
    with as_system("test data"):
        row.save(force_insert=True)
        ForgottenFile(withdrawal=row, storage_name=name).save(force_insert=True)

    def seen() -> int:
        assert not default_storage.exists(name)
        assert LedgerEntry.objects.using("system").filter(object_id=row.pk).count() == (0 if done else 1)
        return Withdrawal.objects.using("system").filter(pk=row.pk, settled_at__isnull=False).count()

    return Work(seen, arguments={"withdrawal_id": str(row.pk)})


def keep_sheets_fresh() -> Work:
    sheet = make_sheet(review_date=timezone.localdate() - timedelta(days=366) + YEAR)
    with as_system("test data"):
        MissionHolder.objects.create(mission_id=sheet.pk, holder_id=sheet.author_id)
    return Work(lambda: Notice.objects.using("system").filter(kind=STILL_VALID).count())


def make_commons() -> Work:
    make_sheet()
    commons_file().unlink(missing_ok=True)

    def seen() -> int:
        with zipfile.ZipFile(commons_file()) as whole:
            assert whole.testzip() is None
        return len([path for path in commons_file().parent.iterdir() if path.is_file()])

    return Work(seen)


def look_for_names() -> Work:
    author = make_member(make_institution())
    sheet = make_draft(author, answers={"intention": {"intention": "Hier encore Zdenkaou marchait."}})
    arguments = {"kind": "practices.Sheet", "object_id": str(sheet.pk), "user_id": str(author.pk)}
    return Work(lambda: ScreenedText.objects.using("system").count(), arguments=arguments)


def look_for_details() -> Work:
    place, author = make_heard_place()
    source = make_source(place, author, "Hier encore Zdenkaou marchait.", kind=SourceKind.WRITING).source
    with acting_as(author.pk) as asking:
        begin_masking(actor=asking, source=source)
    with as_system("test data"):
        Masking.objects.update(by_rules=False)
    arguments = {"source_id": str(source.pk), "user_id": str(author.pk)}
    return Work(lambda: Masking.objects.using("system").filter(by_rules=True).count(), arguments=arguments)


def write_digests() -> Work:
    make_account()
    with as_system("test data"):
        Account.objects.update(created_at=timezone.now() - timedelta(days=30))
    return Work(lambda: Sending.objects.using("system").exclude(week="").count())


def forget_notices() -> Work:
    with as_system("test data"):
        Notice.objects.create(
            kind="test", address="/", happened_at=timezone.now() - timedelta(days=800),
            read_at=timezone.now() - timedelta(days=800),
            scope_level=Level.RESTRICTED, scope_author=make_account().pk,
        )  # fmt: skip
    return Work(lambda: Notice.objects.using("system").count(), expected=0)


def erase_place() -> Work:
    recording = spoken()
    return Work(
        lambda: Recording.objects.using("system").filter(ended_at__isnull=False).count(),
        arguments={"kind": recording.kind, "about": str(recording.about)},
    )


def send_code() -> Work:
    person, place = make_account(), make_institution(contact_email="accueil@exemple.fr")
    asked = {"status": "pending", "claimed_at": timezone.now(), "code_asked_at": timezone.now(), "code_count": 1}
    with as_system("test data"):
        Membership.objects.create(account=person, institution=place, **asked)
    return Work(
        lambda: Membership.objects.using("system").exclude(code_hash="").count(),
        arguments={"place_id": str(place.pk), "account_id": str(person.pk)},
    )


def forget_recordings() -> Work:
    recording = spoken()
    with as_system("test data"):
        Recording.objects.filter(pk=recording.pk).update(recorded_at=timezone.now() - timedelta(days=24))
    return Work(lambda: Notice.objects.using("system").filter(kind="voice.leaving").count())


def import_register() -> Work:
    run = imported()
    return Work(lambda: Institution.objects.filter(finess="840000001").count(), arguments={"import_id": str(run.pk)})


def undo_import() -> Work:
    run = imported()
    run_import(run.pk)
    assert Institution.objects.filter(finess="840000001").exists()
    arguments = {"import_id": str(run.pk), "user_id": str(make_account().pk)}
    return Work(lambda: Institution.objects.filter(finess="840000001").count(), expected=0, arguments=arguments)


def forget_import_files() -> Work:
    run = imported()
    with as_system("test data"):
        Import.objects.update(state=ImportState.TRIED, asked_at=timezone.now() - timedelta(days=8))
    return Work(lambda: int(Path(run.file.path).exists()), expected=0)


def imported() -> Import:
    run = Import(source=ImportSource.FINESS_CLASSIC, file_name="finess.csv")
    run.file.save("finess.csv", ContentFile(f"finess;etalab;93;2026-11-05\n{institution()}\n".encode()), save=False)
    with as_system("test data"):
        run.save(force_insert=True)
    return run


def spoken() -> Recording:
    sheet = make_draft(make_member(make_institution()))
    return make_recording(sheet)


def keep_inventories() -> Work:
    with as_system("test data"):
        kind, there = Category.objects.get(code="183"), Department.objects.get(code="84")
        Institution.objects.bulk_create(
            Institution(name="Ailleurs", slug=f"ailleurs-{number}", category=kind, department=there)
            for number in range(10)
        )
    make_hidden(5, get_device())
    return Work(lambda: NetworkBlock.objects.using("system").filter(of_places=False).count())


def forget_orphan_files() -> Work:
    version = make_version(place := make_institution())
    send_fiche(make_member(place), answer_xml(version.instrument, photo="a.jpg"), {"a.jpg": b"a photo"})
    with as_system("test data"):
        named = Path(SubmittedFile.objects.get().file.path)
    old, young = named.with_name("old.jpg"), named.with_name("young.jpg")
    for path in (old, young):
        path.write_bytes(b"written by a server that was killed")
    for path in (named, old):
        os.utime(path, (0, 0))
    return Work(lambda: [named.exists(), old.exists(), young.exists()].count(True), expected=2)


def listened() -> FieldRecording:
    place, researcher = make_field()
    interview = make_interview(place, researcher, make_listened(place, researcher))
    return make_field_recording(interview, researcher)


def erase_recording() -> Work:
    recording = listened()
    path = Path(recording.file.path)
    with as_system("test data"):
        FieldRecording.objects.filter(pk=recording.pk).update(
            state="ended", ending="removed", ended_at=timezone.now(), hearing="none"
        )
    return Work(lambda: int(path.exists()), expected=0, arguments={"recording_id": str(recording.pk)})


def sweep_interviews() -> Work:
    recording = listened()
    with as_system("test data"):
        FieldRecording.objects.filter(pk=recording.pk).update(
            state="arriving", last_at=timezone.now() - timedelta(days=15)
        )
    return Work(lambda: AuditEvent.objects.using("system").filter(action="end a recording: abandoned").count())


def end_kept_recordings() -> Work:
    recording = listened()
    with as_system("test data"):
        recording.interview.held_on = timezone.localdate() - timedelta(days=4000)
        recording.interview.save(update_fields=["held_on"])
        RetentionRule.objects.filter(material="recordings").update(months=1, kept_from="collected", then="erase")
    return Work(lambda: AuditEvent.objects.using("system").filter(action="end a recording: kept").count())


def end_kept_names() -> Work:
    place, author = make_heard_place()
    source = make_source(place, author, "Hier encore Zdenkaou marchait.", kind=SourceKind.WRITING).source
    with as_system("test data"):
        Source.objects.filter(pk=source.pk).update(collected_on=timezone.localdate() - timedelta(days=4000))
        RetentionRule.objects.filter(material="keys").update(months=1, kept_from="collected", then="erase")
        scope = {"scope_level": Level.RESTRICTED, "scope_mission": place.pk, "scope_author": author.pk}
        SealedOriginal(source=source, study=place.study, number=1, sealed=b"scell", **scope).save(force_insert=True)
    return Work(lambda: AuditEvent.objects.using("system").filter(action="end names of a study: kept enough").count())


CASES: dict[str, tuple[Callable[[], Work], tuple[str, ...]]] = {
    "nuserus.foundation.tasks.seal_journal": (seal_journal, BOTH),
    "nuserus.foundation.tasks.write_withdrawals": (write_withdrawals, BOTH),
    "nuserus.foundation.tasks.forget_sessions": (forget_sessions, ("unnoted",)),  # one statement
    "nuserus.foundation.tasks.forget_jobs": (forget_jobs, ("unnoted",)),  # one statement
    "nuserus.search.tasks.index": (index, BOTH),
    "nuserus.consent.tasks.end_consents": (end_consents, BOTH),
    "nuserus.corpus.tasks.look_for_details": (look_for_details, BOTH),
    "nuserus.corpus.tasks.end_kept_names": (end_kept_names, BOTH),
    "nuserus.consent.tasks.carry_out_withdrawal": (carry_out_withdrawal, BOTH),
    "nuserus.consent.tasks.empty_withdrawal_outbox": (empty_withdrawal_outbox, BOTH),
    "nuserus.consent.tasks.end_withdrawals": (end_withdrawals, BOTH),
    "nuserus.devices.tasks.keep_inventories": (keep_inventories, BOTH),
    "nuserus.directory.tasks.send_code": (send_code, BOTH),
    "nuserus.practices.tasks.keep_sheets_fresh": (keep_sheets_fresh, BOTH),
    "nuserus.practices.tasks.make_commons": (make_commons, BOTH),
    "nuserus.screening.tasks.look_for_names": (look_for_names, BOTH),
    "nuserus.notifications.tasks.write_digests": (write_digests, ("unnoted",)),  # one statement
    "nuserus.notifications.tasks.forget_notices": (forget_notices, ("unnoted",)),  # one statement
    "nuserus.directory.tasks.run": (import_register, BOTH),
    "nuserus.directory.tasks.undo": (undo_import, BOTH),
    "nuserus.directory.tasks.forget_import_files": (forget_import_files, BOTH),
    "nuserus.fieldwork.tasks.erase_recording": (erase_recording, BOTH),
    "nuserus.fieldwork.tasks.sweep_interviews": (sweep_interviews, BOTH),
    "nuserus.fieldwork.tasks.end_kept_recordings": (end_kept_recordings, BOTH),
    "nuserus.instruments.tasks.forget_orphan_files": (forget_orphan_files, BOTH),
    "nuserus.voice.tasks.erase_place": (erase_place, BOTH),
    "nuserus.voice.tasks.forget_recordings": (forget_recordings, BOTH),
}


def admin() -> psycopg.Connection[Any]:
    return psycopg.connect(SERVER.admin_url.replace("/postgres?", "/nuserus?"), autocommit=True)


def count_of(query: str) -> int:
    with admin() as connection:
        row = connection.execute(query).fetchone()  # type: ignore[call-overload]
    assert row is not None
    return int(row[0])


@pytest.fixture(scope="module")
def workers(migrated: object) -> Iterator[Callable[[str, str], int]]:
    """Start a worker that dies at a moment of a kind of job; how it ended."""
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.dying_worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    asked: IO[str] | None = program.stdin
    said: IO[str] | None = program.stdout
    assert asked is not None and said is not None

    def run(when: str, task: str) -> int:
        asked.write(f"{when} {task}\n")
        asked.flush()
        return int(said.readline())

    yield run
    asked.close()
    program.wait(20)
    said.close()


def test_every_kind_of_job_has_its_case() -> None:
    ours = {name for name in app.tasks if name.startswith("nuserus.")}
    assert sorted(ours - CASES.keys() - ELSEWHERE.keys()) == []
    assert [name for name in ELSEWHERE if not (Path(ROOT) / ELSEWHERE[name]).is_file()] == []


@pytest.mark.parametrize("task", CASES)
def test_killed_in_the_middle_it_is_done_once(task: str, workers: Callable[[str, str], int]) -> None:
    arrange, moments = CASES[task]
    job = arrange()
    with admin() as connection:
        connection.execute("DELETE FROM procrastinate_jobs WHERE task_name <> 'old'")
    app.configure_task(task).defer(**job.arguments)
    for moment in moments:
        assert workers(moment, task) == -signal.SIGKILL, f"{task} was not killed ({moment})"
        with admin() as connection:
            connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        take_up_jobs.defer(timestamp=0)
    assert workers("never", task) == 0
    with admin() as connection:
        states = connection.execute(
            "SELECT status::text, attempts FROM procrastinate_jobs WHERE task_name = %s", [task]
        ).fetchall()
    assert states == [("succeeded", len(moments) + 1)]
    assert job.seen() == job.expected
