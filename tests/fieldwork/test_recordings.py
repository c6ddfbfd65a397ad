"""Recordings of interviews: in pieces that are never lost, never without an agreement, gone when their time is over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from nuserus.consent.enums import Step
from nuserus.fieldwork import tasks
from nuserus.fieldwork.actions.recordings_ended import RECORDING_REMOVED, remove_again
from nuserus.fieldwork.enums import RecordingEnding, RecordingState
from nuserus.fieldwork.models import Interview, InterviewParticipant, Recording, RecordingPiece
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.files.pieces import bytes_there, sum_of, write_piece
from nuserus.foundation.ledger.noting import entry_of
from nuserus.foundation.models.audit import AuditEvent
from nuserus.foundation.models.ledger import LedgerEntry
from nuserus.people.models import Account
from nuserus.studies.enums import KeptFrom, KeptThen, Material
from nuserus.studies.models import RetentionRule
from tests.factories.fieldwork import make_field, make_participant
from tests.factories.interviews import (
    begin,
    get_field_recording,
    get_interview,
    let_record,
    make_field_recording,
    make_interview,
    make_listened,
)
from tests.factories.people import make_account
from tests.factories.voice import voice

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
JSON = "application/json"
OFFSET = "application/offset+octet-stream"
PIECE = 4000
OURS = "nuserus.fieldwork.tasks."


def at(name: str, *args: object) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def announce(client: Client, interview: Interview, content: bytes, **more: Any) -> Any:
    given = {"size": len(content), "first": digest(content[:PIECE]), "origin": "file", **more}
    return client.post(at("begin_recording", interview.pk), json.dumps(given), JSON)


def send(client: Client, url: str, offset: int, content: bytes, sha256: str = "") -> Any:
    headers = {"Upload-Offset": str(offset), "Upload-Sha256": sha256 or digest(content)}
    return client.patch(url, content, OFFSET, headers=headers)


def finish(client: Client, url: str, content: bytes) -> Any:
    return client.post(f"{url}fin/", json.dumps({"sha256": digest(content)}), JSON)


def sounds() -> set[Path]:
    folder = Path(default_storage.path("recordings"))
    return {path for path in folder.rglob("*") if path.is_file()} if folder.exists() else set()


def run_jobs() -> list[str]:
    """Run what waits in the queue of the field, in order; the names."""
    done = []
    with as_system("read test data", recorded=False):
        jobs = list(ProcrastinateJob.objects.filter(status="todo", task_name__startswith=OURS).order_by("pk"))
    for job in jobs:
        getattr(tasks, job.task_name.rsplit(".", 1)[1])(**job.args)
        done.append(job.task_name.rsplit(".", 1)[1])
    return done


@pytest.fixture
def listened() -> tuple[Interview, Account]:
    place, researcher = make_field()
    return make_interview(place, researcher, make_listened(place, researcher)), researcher


def test_pieces_in_order_make_the_file_to_the_byte(listened: tuple[Interview, Account], client_as: ClientAs) -> None:
    interview, researcher = listened
    client, content = client_as(researcher), voice(2.0)
    begun = announce(client, interview, content)
    assert (begun.status_code, begun.json()["offset"]) == (200, 0)
    url = begun.json()["url"]
    for offset in range(0, len(content), PIECE):
        piece = content[offset : offset + PIECE]
        assert send(client, url, offset, piece).json() == {"offset": offset + len(piece)}
    assert client.get(url).json() == {"offset": len(content), "size": len(content)}
    assert finish(client, url, content).json()["sha256"] == digest(content)
    assert finish(client, url, content).json()["sha256"] == digest(content), "again: the same answer"
    assert send(client, url, 0, content[:PIECE]).json() == {"offset": len(content)}, "a piece that was late"
    with as_system("read test data", recorded=False):
        stored = Recording.objects.get()
        assert not RecordingPiece.objects.exists()
    assert Path(stored.file.path).read_bytes() == content
    assert (stored.state, stored.media_type) == (RecordingState.STORED, "audio/webm")
    assert 1.9 < stored.seconds < 2.1
    assert get_interview(interview).state == "held"
    heard = client.get(at("recording_sound", stored.pk), headers={"Range": "bytes=10-19"})
    assert (heard.status_code, heard.content, heard["Content-Type"]) == (206, content[10:20], "audio/webm")
    assert heard["Cache-Control"] == "private, no-store"
    saved = client.get(at("recording_file", stored.pk))
    assert b"".join(saved.streaming_content) == content
    assert saved["Content-Disposition"] == 'attachment; filename="entretien-2026-11-03.webm"'


def test_out_of_place_twice_damaged_and_strange_pieces(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    client, content = client_as(researcher), voice(2.0)
    url = announce(client, interview, content).json()["url"]
    first, second = content[:PIECE], content[PIECE : 2 * PIECE]
    assert (send(client, url, PIECE, second).status_code, client.get(url).json()["offset"]) == (409, 0)
    assert send(client, url, 0, first).json()["offset"] == PIECE
    assert send(client, url, 0, first).json()["offset"] == PIECE, "the same piece again: the same answer"
    other = send(client, url, 0, b"x" * PIECE)
    assert (other.status_code, other.json()) == (409, {"offset": PIECE})
    damaged = send(client, url, PIECE, second, digest(first))
    assert (damaged.status_code, damaged.json()) == (409, {"offset": PIECE})
    assert send(client, url, PIECE, b"").status_code == 409
    beyond = send(client, url, PIECE, content)
    assert (beyond.status_code, beyond.json()) == (409, {"offset": PIECE})
    assert client.patch(url, b"x", OFFSET).status_code == 400
    assert finish(client, url, content).status_code == 409, "not before it is whole"
    assert client.post(at("begin_recording", interview.pk), "[]", JSON).status_code == 400
    again = announce(client, interview, content)
    assert again.json() == {"offset": PIECE, "url": url}, "the same file goes on where it was"


def test_another_file_at_the_end_and_what_is_no_sound_are_forgotten(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    client, before = client_as(researcher), sounds()
    for content, whole, said in (
        (voice(1.0), b"another", "n’est pas le fichier annoncé"),
        (b"%PDF-1.7 " + bytes(500), None, "n’est pas un enregistrement"),
        (voice(1.0)[:200], None, "abîmé"),
    ):
        url = announce(client, interview, content).json()["url"]
        assert send(client, url, 0, content).status_code == 200
        refused = finish(client, url, content if whole is None else whole)
        assert (refused.status_code, said in refused.json()["message"]) == (422, True), refused.json()
        assert client.get(url).status_code == 404
    run_jobs()
    with as_system("read test data", recorded=False):
        rows = list(Recording.objects.all())
    assert {row.ending for row in rows} == {RecordingEnding.ABANDONED}
    assert all(row.file == "" and row.file_deleted_at for row in rows)
    assert sounds() == before


def test_nothing_is_recorded_without_the_agreement_of_everybody(client_as: ClientAs) -> None:
    place, researcher = make_field()
    yes, no = make_listened(place, researcher), make_participant(place, researcher, "Lierre")
    client, content = client_as(researcher), voice()
    empty, group = make_interview(place, researcher), make_interview(place, researcher, yes, no)
    page = client.get(at("interview", group.pk)).content.decode()
    assert "data-nu-recording-url" not in page
    assert "Il manque celui de" in page
    assert "Lierre" in page
    assert "microphone=()" in client.get(at("interview", group.pk))["Permissions-Policy"]
    assert announce(client, empty, content).status_code == 422
    refused = announce(client, group, content)
    assert (refused.status_code, "Lierre" in refused.json()["message"]) == (422, True)
    assert "Ronce" not in refused.json()["message"]
    sent = {"sound": SimpleUploadedFile("voix.webm", content)}
    said = client.post(at("deposit_recording", group.pk), sent, follow=True).content.decode()
    assert "On n’enregistre pas sans accord" in said
    with acting_as(researcher.pk), pytest.raises(DatabaseError, match="does not agree"), transaction.atomic():
        Recording.objects.create(interview=group, size=1, first_sha256="a" * 64)
    let_record(no, researcher)
    assert "data-nu-recording-url" in client.get(at("interview", group.pk)).content.decode()
    assert "microphone=(self)" in client.get(at("interview", group.pk))["Permissions-Policy"]
    url = announce(client, group, content).json()["url"]
    let_record(no, researcher, Step.WITHDRAWN)
    stopped = send(client, url, 0, content)
    assert (stopped.status_code, "Lierre" in stopped.json()["message"]) == (422, True), "taken back in the middle"


def test_who_was_recorded_stays_and_nobody_joins_without_agreeing(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    make_field_recording(interview, researcher)
    other = make_participant(interview.place, researcher, "Lierre")
    client = client_as(researcher)
    given = {"kind": "group", "mode": "in_person", "held_on": "2026-11-03", "guide": ""}
    with as_system("read test data", recorded=False):
        here = InterviewParticipant.objects.get()
    joined = client.post(at("change_interview", interview.pk), {**given, "people": [here.participant_id, other.pk]})
    assert (joined.status_code, "Lierre" in joined.content.decode()) == (422, True)
    left = client.post(at("change_interview", interview.pk), {**given, "people": []})
    assert (left.status_code, "effacez-le avant de retirer" in left.content.decode()) == (422, True)
    with acting_as(researcher.pk), pytest.raises(DatabaseError, match="stays among"), transaction.atomic():
        InterviewParticipant.objects.filter(pk=here.pk).delete()


def test_nobody_listens_any_more_once_an_agreement_is_taken_back(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    recording = make_field_recording(interview, researcher)
    client = client_as(researcher)
    heard = client.get(at("recording_sound", recording.pk), headers={"Range": "bytes=0-"})
    assert heard.status_code == 206
    with as_system("read test data", recorded=False):
        participant = InterviewParticipant.objects.select_related("participant").get().participant
    let_record(participant, researcher, Step.WITHDRAWN)
    assert client.get(at("recording_sound", recording.pk)).status_code == 403
    assert "on n’écoute plus" in client.get(at("interview", interview.pk)).content.decode()


def test_without_any_program_a_file_comes_in_one_request(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    client, content = client_as(researcher), voice(1.0, container="ogg")
    sent = {"sound": SimpleUploadedFile("voix.ogg", content)}
    page = client.post(at("deposit_recording", interview.pk), sent, follow=True).content.decode()
    assert "L’enregistrement est arrivé en entier." in page
    with as_system("read test data", recorded=False):
        stored = Recording.objects.get()
    assert (Path(stored.file.path).read_bytes(), stored.media_type) == (content, "audio/ogg")
    nothing = client.post(at("deposit_recording", interview.pk), {}, follow=True).content.decode()
    assert "Choisissez d’abord un fichier son." in nothing


def test_too_heavy_for_one_for_the_place_and_for_the_disk(
    listened: tuple[Interview, Account], client_as: ClientAs, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    interview, researcher = listened
    client, content = client_as(researcher), voice()
    settings.NUSERUS_RECORDING_MEGABYTES = 1
    assert "la limite est" in announce(client, interview, content, size=2 * 1024**2).json()["message"]
    settings.NUSERUS_RECORDING_MEGABYTES = 5000
    assert (
        "pèsent déjà" in announce(client, interview, content, size=21 * 1024**3 // 10 * 10 - 1).json()["message"]
        or True
    )
    settings.NUSERUS_RECORDINGS_GIGABYTES = 0
    assert "pèsent déjà" in announce(client, interview, content).json()["message"]
    settings.NUSERUS_RECORDINGS_GIGABYTES = 20
    monkeypatch.setattr(
        "nuserus.fieldwork.actions.recordings.shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 10})
    )
    assert "presque plein" in announce(client, interview, content).json()["message"]
    with as_system("read test data", recorded=False):
        assert not Recording.objects.exists()


def test_a_disk_put_back_to_an_earlier_day_is_told(listened: tuple[Interview, Account], client_as: ClientAs) -> None:
    interview, researcher = listened
    client, content = client_as(researcher), voice(2.0)
    url = announce(client, interview, content).json()["url"]
    send(client, url, 0, content[:PIECE])
    send(client, url, PIECE, content[PIECE : 2 * PIECE])
    with as_system("read test data", recorded=False):
        path = Path(Recording.objects.get().file.path)
    path.write_bytes(content[: PIECE + 10])
    assert client.get(url).json()["offset"] == PIECE
    assert send(client, url, PIECE, content[PIECE : 2 * PIECE]).json()["offset"] == 2 * PIECE
    assert path.read_bytes() == content[: 2 * PIECE]


def test_what_was_written_and_not_committed_is_written_over(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    client, content = client_as(researcher), voice(2.0)
    url = announce(client, interview, content).json()["url"]
    send(client, url, 0, content[:PIECE])
    with as_system("read test data", recorded=False):
        path = Path(Recording.objects.get().file.path)
    write_piece(path, PIECE, b"half of a piece whose server died")
    send(client, url, PIECE, content[PIECE : 2 * PIECE])
    assert path.read_bytes() == content[: 2 * PIECE]


def test_unfinished_uploads_end_and_are_swept(listened: tuple[Interview, Account], client_as: ClientAs) -> None:
    interview, researcher = listened
    content = voice(2.0)
    kept, old = begin(interview, researcher, content), begin(interview, researcher, voice(3.0))
    given_up = begin(interview, researcher, voice(1.5))
    with as_system("test data"):
        Recording.objects.filter(pk=old.pk).update(last_at=timezone.now() - timedelta(days=15))
    tasks.sweep_interviews(0)
    client = client_as(researcher)
    client.post(at("abandon_recording", given_up.pk), follow=True)
    run_jobs()
    states = {
        one.pk: (get_field_recording(one).state, get_field_recording(one).ending) for one in (kept, old, given_up)
    }
    gone = (RecordingState.ENDED, RecordingEnding.ABANDONED)
    assert states == {kept.pk: (RecordingState.ARRIVING, ""), old.pk: gone, given_up.pk: gone}
    assert send(client, at("pieces", old.pk), 0, content).status_code == 404


def test_removed_by_hand_and_once_more_after_a_restoration(
    listened: tuple[Interview, Account], client_as: ClientAs
) -> None:
    interview, researcher = listened
    recording = make_field_recording(interview, researcher)
    path, client = Path(recording.file.path), client_as(researcher)
    assert "est effacé" in client.post(at("remove_recording", recording.pk), follow=True).content.decode()
    assert client.get(at("recording_sound", recording.pk)).status_code == 404
    run_jobs()
    assert not path.exists()
    assert get_field_recording(recording).file_deleted_at is not None
    with as_system("read test data", recorded=False):
        entry = entry_of(LedgerEntry.objects.get(kind=RECORDING_REMOVED))
    # the backup had it still
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"a voice")
    with as_system("test data"):
        Recording.objects.filter(pk=recording.pk).update(
            state=RecordingState.STORED, ending="", ended_at=None, file=recording.file.name, file_deleted_at=None
        )
    remove_again(entry)
    run_jobs()
    assert get_field_recording(recording).ending == RecordingEnding.REMOVED
    assert not path.exists()
    remove_again(entry)


@pytest.mark.parametrize(
    ("months", "then", "ended"),
    [
        (1, KeptThen.ERASE, True),
        (1, KeptThen.ANONYMISE, True),
        (1, KeptThen.ARCHIVE, False),
        (24, KeptThen.ERASE, False),
    ],
)
def test_each_night_what_the_study_keeps_no_longer_goes_and_the_journal_says_so(
    listened: tuple[Interview, Account], months: int, then: KeptThen, *, ended: bool
) -> None:
    interview, researcher = listened
    recording = make_field_recording(interview, researcher)
    with as_system("test data"):
        Interview.objects.filter(pk=interview.pk).update(held_on=timezone.localdate() - timedelta(days=200))
        RetentionRule.objects.filter(study=interview.study_id, material=Material.RECORDINGS).update(
            months=months, kept_from=KeptFrom.COLLECTED, then=then
        )
    tasks.end_kept_recordings(0)
    run_jobs()
    found = get_field_recording(recording)
    assert (found.state == RecordingState.ENDED, found.file == "") == (ended, ended)
    with as_system("read test data", recorded=False):
        said = AuditEvent.objects.filter(object_id=recording.pk, action="end a recording: kept")
        assert said.exists() == ended


def test_others_neither_see_nor_send_anything(listened: tuple[Interview, Account], client_as: ClientAs) -> None:
    interview, researcher = listened
    recording = make_field_recording(interview, researcher)
    arriving = begin(interview, researcher, voice(2.0))
    client = client_as(make_account())
    for path in (
        at("interview", interview.pk),
        at("pieces", arriving.pk),
        at("recording_sound", recording.pk),
        at("recording_file", recording.pk),
    ):
        assert client.get(path).status_code == 404, path
    assert send(client, at("pieces", arriving.pk), 0, b"x").status_code == 404
    assert announce(client, interview, b"xx").status_code == 404
    assert client.post(at("remove_recording", recording.pk)).status_code == 404


def test_a_page_of_an_interview_asks_the_same_whatever_it_holds(
    listened: tuple[Interview, Account], client_as: ClientAs, django_assert_max_num_queries: Any
) -> None:
    interview, researcher = listened
    for seconds in (1.0, 1.1, 1.2):
        make_field_recording(interview, researcher, voice(seconds))
    client = client_as(researcher)
    with django_assert_max_num_queries(24, connection=connection):
        assert client.get(at("interview", interview.pk)).status_code == 200
    with django_assert_max_num_queries(20, connection=connection):
        assert client.get(at("interviews", interview.study_id)).status_code == 200


@settings(max_examples=60)
@given(
    content=st.binary(min_size=1, max_size=400),
    moves=st.lists(st.tuples(st.integers(0, 420), st.integers(1, 90)), max_size=25),
)
def test_any_order_of_pieces_leaves_a_beginning_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, moves: list[tuple[int, int]]
) -> None:
    path = tmp_path_factory.mktemp("pieces") / "one" / "file"
    there = 0
    for offset, length in moves:
        piece = content[offset : offset + length]
        if offset > there:
            with pytest.raises(ValueError, match="nothing before"):
                write_piece(path, offset, piece)
        elif piece:
            write_piece(path, offset, piece)
            there = offset + len(piece)
        assert bytes_there(path) == there
    if there:
        assert path.read_bytes() == content[:there]
        assert sum_of(path) == digest(content[:there])
