"""A recorded answer, from the deposit to the text in the answer and the end of the sound."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client, override_settings
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from nuserus.practices.models import Answer, AnswerSave, Sheet
from nuserus.voice import tasks
from nuserus.voice.enums import MOST_HELD, Ending, RecordingState
from nuserus.voice.models import Recording
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_draft, make_told
from tests.factories.sheets import make_member
from tests.factories.voice import HEARD, get_recording, make_recording, model_folder, speech_model, upload, voice

OURS = "nuserus.voice."

pytestmark = pytest.mark.usefixtures("database")
As = Callable[[Account | None], Client]


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


@pytest.fixture
def sheet(author: Account) -> Sheet:
    return make_draft(author)


def deposit_url(sheet: Sheet, question: str = "intention") -> str:
    return f"/voix/partager/{sheet.pk}/{question}/deposer/"


def send(client: Client, sheet: Sheet, content: bytes | None = None, question: str = "intention") -> object:
    return client.post(deposit_url(sheet, question), {"sound": upload(content)}, headers={"accept": "application/json"})


def sounds() -> set[Path]:
    folder = Path(default_storage.path("sounds"))
    return {path for path in folder.rglob("*") if path.is_file()} if folder.exists() else set()


def run_jobs() -> list[str]:
    """Run what waits in the queue, in order; the names."""
    done = []
    with as_system("read test data", recorded=False):
        jobs = list(ProcrastinateJob.objects.filter(status="todo", task_name__startswith=OURS).order_by("pk"))
    for job in jobs:
        getattr(tasks, job.task_name.rsplit(".", 1)[1])(**job.args)
        done.append(job.task_name.rsplit(".", 1)[1])
    return done


def test_the_reply_repeats_the_sound_and_twice_is_once(client_as: As, author: Account, sheet: Sheet) -> None:
    client, before = client_as(author), sounds()
    replies = [send(client, sheet).json() for _twice in range(2)]
    assert replies[0] == replies[1]
    assert replies[0]["sha256"] == hashlib.sha256(voice()).hexdigest()
    assert len(sounds() - before) == 1
    page = client.get(f"/partager/{sheet.pk}/intention/").content.decode()
    assert "Enregistrement 1, 0:01" in page
    assert "Personne d’autre que vous ne peut l’écouter" in page


def test_without_any_program_the_form_of_the_page_suffices(client_as: As, author: Account, sheet: Sheet) -> None:
    client = client_as(author)
    page = client.post(deposit_url(sheet), {"sound": upload()}, follow=True).content.decode()
    assert "Votre enregistrement est arrivé." in page
    page = client.post(deposit_url(sheet), {}, follow=True).content.decode()
    assert "Choisissez d’abord un fichier son." in page
    page = client.post(deposit_url(sheet), {"sound": upload(b"%PDF-1.7")}, follow=True).content.decode()
    assert "n’est pas un enregistrement que nous savons lire" in page


def test_only_who_writes_the_sheet_answers_and_only_who_spoke_hears(
    client_as: As, author: Account, sheet: Sheet
) -> None:
    other = client_as(make_member(make_institution()))
    assert send(other, sheet).status_code == 404
    assert send(client_as(None), sheet).status_code == 401
    assert client_as(None).post(deposit_url(sheet), {"sound": upload()}).status_code == 302
    recording = make_recording(sheet)
    for who in (other, client_as(make_account("facilitator")), client_as(make_account("site_admin"))):
        for path in ("son/", "texte/", "jeter/", "confier/"):
            assert who.post(f"/voix/{recording.pk}/{path}").status_code in {404, 405}
        assert who.get(f"/voix/{recording.pk}/son/").status_code == 404
    mine = client_as(author).get(f"/voix/{recording.pk}/son/")
    assert mine["Cache-Control"] == "private, no-store"
    assert mine["Content-Type"] == "audio/mp4"
    assert "sandbox" in mine["Content-Security-Policy"]
    whole = b"".join(mine)
    piece = client_as(author).get(f"/voix/{recording.pk}/son/", headers={"range": "bytes=4-11"})
    assert (piece.status_code, piece.content) == (206, whole[4:12])
    assert piece["Content-Range"] == f"bytes 4-11/{len(whole)}"
    assert client_as(author).get(f"/voix/{recording.pk}/son/", headers={"range": "bytes=99999999-"}).status_code == 416


def test_a_co_author_named_on_the_draft_does_not_hear(client_as: As, author: Account, sheet: Sheet) -> None:
    from nuserus.foundation.missions import grant_mission

    named = make_account(name="Co")
    with acting_as(author.pk):
        grant_mission(sheet.pk, named.pk)
    recording = make_recording(sheet)
    client = client_as(named)
    assert client.get(f"/partager/{sheet.pk}/intention/").status_code == 200
    assert client.get(f"/voix/{recording.pk}/son/").status_code == 404
    assert "Enregistrement 1" not in client.get(f"/partager/{sheet.pk}/intention/").content.decode()


def test_microphone_only_where_one_records(client_as: As, author: Account, sheet: Sheet) -> None:
    client = client_as(author)
    page = client.get(f"/partager/{sheet.pk}/intention/")
    assert "microphone=(self)" in page["Permissions-Policy"]
    assert "media-src 'self' blob:" in page["Content-Security-Policy"]
    for path in ("/", "/partager/", f"/partager/{sheet.pk}/photo/", f"/partager/{sheet.pk}/check/"):
        other = client.get(path)
        assert "microphone=()" in other["Permissions-Policy"], path
        assert "media-src" not in other["Content-Security-Policy"], path


def test_the_machine_writes_the_person_corrects_the_sound_goes(
    client_as: As, author: Account, sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(sheet, author, "intention", {"intention": "Écrit au clavier."})
    client, before = client_as(author), sounds()
    with speech_model(model_folder(tmp_path / "model"), monkeypatch):
        send(client, sheet)
        page = client.get(f"/partager/{sheet.pk}/intention/").content.decode()
        assert "la machine écrit" in page
        assert run_jobs() == ["transcribe"]
        page = client.get(f"/partager/{sheet.pk}/intention/").content.decode()
    assert "Nous photographions le car. Puis l’enfant range les photos." in page
    assert "elle se trompe souvent" in page
    with acting_as(author.pk):
        recording = Recording.objects.get()
    assert (recording.state, recording.transcript) == (RecordingState.WRITTEN, HEARD)
    reply = client.post(f"/voix/{recording.pk}/texte/", {"text": "Corrigé.\x00 Voilà.", "do": "place"}, follow=True)
    assert "Le texte est dans votre réponse" in reply.content.decode()
    assert get_sheet(sheet).intention == "Écrit au clavier.\n\nCorrigé. Voilà."
    with acting_as(author.pk):
        assert Answer.objects.get(sheet=sheet, question="intention").revision == 2
        assert AnswerSave.objects.filter(sheet=sheet, question="intention").count() == 2
    assert client.get(f"/voix/{recording.pk}/son/").status_code == 404
    assert "erase" in run_jobs()
    ended = get_recording(recording)
    assert sounds() == before
    assert (ended.state, ended.ending, ended.transcript, ended.file.name) == ("placed", Ending.PLACED, "", "")
    first = ended.sound_deleted_at
    assert first is not None
    assert "son effacé le" in client.get(f"/partager/{sheet.pk}/intention/").content.decode()
    # twice is once
    client.post(f"/voix/{recording.pk}/texte/", {"text": "Encore.", "do": "place"})
    tasks.erase(recording_id=str(recording.pk), speaker_id=str(author.pk))
    assert get_recording(recording).sound_deleted_at == first
    assert "Encore." not in get_sheet(sheet).intention
    # the device that lost the reply sends again: acknowledged, and not recorded again
    assert send(client, sheet).status_code == 200
    assert sounds() == before


def test_steps_are_chosen_and_a_text_that_does_not_fit_is_kept(client_as: As, author: Account) -> None:
    sheet = make_told(author)
    recording = make_recording(sheet, question="did")
    client = client_as(author)
    where = f"/voix/{recording.pk}/texte/"
    page = client.post(where, {"text": "Le soir, on rit."})
    assert page.status_code == 422
    assert "Dites où mettre ce texte" in page.content.decode()
    assert "Le soir, on rit." in page.content.decode()
    long = client.post(where, {"text": "trop " * 500, "target": "text_1"})
    assert long.status_code == 422
    assert "la limite est 2000" in long.content.decode()
    assert get_recording(recording).state == RecordingState.TO_WRITE
    client.post(where, {"text": "Le soir, on rit.", "target": "text_3"})
    client.post(
        f"/voix/{make_recording(sheet, question='did', content=voice(1.2)).pk}/texte/",
        {"text": "Et on rit.", "target": "text_1"},
    )
    with acting_as(author.pk):
        cards = [card.text for card in sheet.cards.order_by("position")]
    assert cards == ["Nous photographions le car.\n\nEt on rit.", "L’enfant range les photos.", "Le soir, on rit."]


@pytest.mark.parametrize("broken", ["missing", "empty", "no program", "fails"])
def test_a_broken_model_leaves_it_to_a_person(
    broken: str, client_as: As, author: Account, sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    if broken == "empty":
        folder.mkdir()
    elif broken != "missing":
        model_folder(folder)
    if broken == "fails":
        (folder / "said.txt").unlink()
    if broken == "no program":
        context = override_settings(NUSERUS_SPEECH_MODEL=str(folder))
    else:
        context = speech_model(folder, monkeypatch)
    with context:
        client = client_as(author)
        send(client, sheet)
        run_jobs()
        page = client.get(f"/partager/{sheet.pk}/intention/").content.decode()
    with acting_as(author.pk):
        assert Recording.objects.get().state == RecordingState.TO_WRITE
    assert "confier à une personne" in page
    assert ("ne marche pas en ce moment" in page) is (broken != "fails")


def test_too_many_are_refused_in_words(client_as: As, author: Account, sheet: Sheet) -> None:
    make_recording(sheet)
    with as_system("test data"):
        one = Recording.objects.get()
        for number in range(MOST_HELD - 1):
            copy = Recording.objects.get(pk=one.pk)
            copy.pk = copy.scope_mission = type(one)().pk
            copy.sent_sha256 = f"{number:064}"
            copy.save(force_insert=True)
    before = sounds()
    reply = send(client_as(author), sheet, voice(1.1))
    assert reply.status_code == 422
    assert "20 enregistrements en attente" in reply.json()["message"]
    assert sounds() == before


def test_thrown_away_by_the_person_or_with_the_draft(client_as: As, author: Account, sheet: Sheet) -> None:
    before = sounds()
    client = client_as(author)
    first = make_recording(sheet)
    client.post(f"/voix/{first.pk}/jeter/")
    run_jobs()
    assert sounds() == before
    assert get_recording(first).ending == Ending.THROWN
    second = make_recording(sheet, content=voice(1.3))
    client.post(f"/partager/{sheet.pk}/retirer/", {})
    run_jobs()
    run_jobs()
    assert sounds() == before
    assert get_recording(second).ending == Ending.WITH_ITS_PLACE


def test_told_a_week_before_and_gone_after_thirty_days(author: Account, sheet: Sheet) -> None:
    before = sounds()
    recording = make_recording(sheet)
    _aged(recording, 24)
    for _twice in range(2):
        tasks.forget_recordings(0)
    with acting_as(author.pk):
        assert [notice.kind for notice in Notice.objects.all()] == ["voice.leaving"]
    assert get_recording(recording).state == RecordingState.TO_WRITE
    _aged(recording, 31)
    tasks.forget_recordings(0)
    assert get_recording(recording).state == RecordingState.TO_WRITE, "told today: not yet"
    with as_system("test data"):
        Recording.objects.update(warned_at=timezone.now() - timedelta(days=7))
    tasks.forget_recordings(0)
    run_jobs()
    ended = get_recording(recording)
    assert (ended.ending, ended.sound_deleted_at is not None) == (Ending.TOO_OLD, True)
    assert sounds() == before


def _aged(recording: Recording, days: int) -> None:
    with as_system("test data"):
        Recording.objects.filter(pk=recording.pk).update(recorded_at=timezone.now() - timedelta(days=days))


def test_the_sweep_takes_up_what_a_dead_worker_left(
    author: Account, sheet: Sheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with speech_model(model_folder(tmp_path / "model"), monkeypatch):
        recording = make_recording(sheet)
        with as_system("test data"):
            Recording.objects.update(recorded_at=timezone.now() - timedelta(minutes=10))
        for _twice in range(2):
            tasks.sweep_recordings(0)
        with as_system("read test data", recorded=False):
            asked = ProcrastinateJob.objects.filter(task_name="nuserus.voice.tasks.transcribe", status="todo").count()
        assert asked == 2, "the first one, and one more for both sweeps"
        run_jobs()
    assert get_recording(recording).transcript == HEARD
    assert (tmp_path / "model" / "counted").read_text() == "one\n"
