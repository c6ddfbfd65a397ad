"""Somebody has everything erased: their very words are in no row, no file, no page, no export, no log."""

from __future__ import annotations

import io
import os
import re
import subprocess
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.config.embedded.account import running_account
from nuserus.config.embedded.binaries import programs
from nuserus.consent.actions.cards import make_card
from nuserus.consent.enums import Mode
from nuserus.consent.models import Consent, Withdrawal
from nuserus.consent.provenance import note_export, redactors
from nuserus.corpus.actions.excerpts import pick_excerpt
from nuserus.corpus.actions.sources import make_ready
from nuserus.corpus.models import SourceVersion, Turn
from nuserus.fieldwork.models import DraftTurn, Interview
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.models import SubmittedFile
from nuserus.people.models import Account
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.charters import make_referent
from tests.factories.corpus import bind, get_source, last_version, make_source, mask
from tests.factories.fieldwork import make_field, make_visit
from tests.factories.instruments import make_version, send_fiche, workbook_of
from tests.factories.interviews import make_field_recording, make_interview, make_listened
from tests.factories.sheets import make_member
from tests.factories.withdrawals import get_withdrawal
from tests.fieldwork.test_taken_back import CANARY, give_back, note, observe
from tests.instance import SERVER

pytestmark = pytest.mark.usefixtures("database")
SHORT = "CANARI-PAROLE"
GRID = (
    ("end", "end"),
    ("text", "participants", "Qui ?"),
    ("text", "dit", "Quels mots ?"),
    ("image", "photo", "Photo ?"),
)
PHOTO = b"\xff\xd8\xff\xe0" + CANARY.encode() * 3
_LINK = re.compile(r'href="(/[^"#?]*)"')
_ELSEWHERE = ("/static/", "/compte/", "/annuaire/", "/aide/", "/materiel", "/pratiques/", "/carte/", "/langue")
MOST_PAGES = 24


def plant_words(place: StudyPlace, by: Account, person: Participant) -> Interview:
    """Their words in everything that keeps words: fiches, observations, journal, interview, corpus."""
    version = make_version(place.institution, make_referent(place.institution), workbook=workbook_of(GRID))
    before = (timezone.now() - timedelta(days=2)).isoformat()
    xml = (
        f'<data id="{version.instrument.form_id}" version="1"><end>{before}</end>'
        f"<participants>{person.pseudonym}</participants><dit>{CANARY}</dit><photo>a.jpg</photo>"
        f"<meta><instanceID>uuid:1</instanceID></meta></data>"
    )
    send_fiche(make_member(place.institution), xml.encode(), {"a.jpg": PHOTO})
    visit = make_visit(place, by)
    observe(visit, by, person, words=CANARY, fact=CANARY)
    note(by, person, text=f"Je repense à : {CANARY}")
    give_back(by, place)
    interview = make_interview(place, by, person, where=f"chez elle, {CANARY}", notes=f"Elle répète {CANARY}")
    make_field_recording(interview, by)
    with as_system("test data"):
        DraftTurn(interview=interview, position=1, speaker="Nour", participant=person, text=CANARY).save(
            force_insert=True
        )
        Interview.objects.filter(pk=interview.pk).update(notes=f"Elle répète {CANARY}")
    source = make_source(place, by, f"ENQ : Et alors ?\nNour : {CANARY}\nENQ : Merci.", title=f"Dit : {CANARY}").source
    bind(source, by, ENQ=None, Nour=person)
    mask(source, by)
    with acting_as(by.pk) as asking:
        make_ready(actor=asking, source=get_source(source.pk))
        ready = last_version(source)
        start = ready.text.index(SHORT)
        pick_excerpt(actor=asking, version=ready, start=start, end=start + 8)
        note_export(what="tableau", mission=place.pk, author=by.pk)
    return interview


def _dump() -> str:
    """The whole database as a dump writes it; bytes are told as letters too.

    Other schemas are copies that the tests themselves put aside.
    """
    url = SERVER.admin_url.replace("/postgres?", "/nuserus?")
    command = [programs(running_account()) / "pg_dump", "--schema=public", "--dbname", url]
    done = subprocess.run(command, capture_output=True, check=True, env=dict(os.environ))
    text = done.stdout.decode("utf-8", "replace")
    return text + "".join(
        bytes.fromhex(found).decode("utf-8", "replace") for found in re.findall(r"\\\\x((?:[0-9a-f]{2}){8,})", text)
    )


def _on_the_disk() -> list[Path]:
    """Files of the instance that hold the words; the folder of the database server is looked at by the dump."""
    data = Path(settings.NUSERUS_DATA)
    files = [one for one in data.rglob("*") if one.is_file() and data / "pg" not in one.parents]
    return [one for one in files if SHORT.encode() in one.read_bytes()]


def _walked(client: Client, starts: list[str]) -> dict[str, bytes]:
    """Pages that a person reaches from these, with what they are answered."""
    seen: dict[str, bytes] = {}
    waiting = list(starts)
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith(_ELSEWHERE):
            continue
        response = client.get(path)
        assert response.status_code < 500, path
        body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
        seen[path] = body
        if response.headers.get("Content-Type", "").startswith("text/html"):
            waiting += _LINK.findall(body.decode())
        elif body[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                seen[path] = b"".join(archive.read(name) for name in archive.namelist())
    return seen


def _told(pages: dict[str, bytes]) -> list[str]:
    return sorted(path for path, body in pages.items() if SHORT.encode() in body)


def test_nothing_of_somebody_who_had_everything_erased_is_anywhere(
    client_as: Callable[[Account | None], Client], caplog: pytest.LogCaptureFixture
) -> None:
    place, researcher = make_field()
    person = make_listened(place, researcher, "Nour")
    interview = plant_words(place, researcher, person)
    with as_system("read test data", recorded=False):
        consent = Consent.objects.filter(subject=person.pk).first()
        recording = interview.recordings.get()
        photo = SubmittedFile.objects.get()
    assert consent is not None
    sound, picture = Path(recording.file.path), Path(photo.file.path)
    with acting_as(researcher.pk) as asking:
        _card, code = make_card(actor=asking, consent=consent)
    client = client_as(researcher)
    starts = [
        reverse("fieldwork:place", args=[place.pk]),
        reverse("fieldwork:interview", args=[interview.pk]),
        reverse("fieldwork:interview_text", args=[interview.pk]),
        reverse("fieldwork:home"),
        reverse("fieldwork:journal"),
        reverse("fieldwork:export_journal"),
        reverse("studies:detail", args=[place.study_id]),
        reverse("consent:withdrawals", args=[place.pk]),
    ]
    before = _walked(client, starts)
    assert _told(before), "the canary must be seen before"
    assert _dump().count(SHORT) > 12 and _on_the_disk() == [picture] and sound.is_file()

    answer = client_as(None).post(
        reverse("consent:card_withdraw_all"), {"code": code, "mode": Mode.ERASE, "sure": "yes"}
    )
    assert answer.status_code == 200

    with as_system("read test data", recorded=False):
        done = get_withdrawal(Withdrawal.objects.get().pk)
        version = SourceVersion.objects.order_by("-number")[0]
        turns = list(Turn.objects.filter(version=version).order_by("position"))
    assert done.done_at is not None and done.settled_at is not None
    assert done.settled_at - done.requested_at < timedelta(seconds=5)
    assert [line[:200] for line in _dump().splitlines() if SHORT in line] == []
    assert _on_the_disk() == [] and not sound.exists() and not picture.exists()
    assert _told(_walked(client, [*before, *starts])) == []
    assert SHORT not in caplog.text and SHORT not in answer.content.decode()
    # what the others said stays, and stands where it stood
    assert [version.text[turn.start : turn.end] for turn in turns][::2] == ["Et alors ?", "Merci."]
    assert "█" * len(CANARY) in version.text


def test_every_redactor_is_called_for_every_mode(client_as: Callable[[Account | None], Client]) -> None:
    from nuserus.consent.provenance import Withdrawn
    from nuserus.foundation.models.base import new_id

    with as_system("somebody nobody knows", recorded=False):
        for mode in Mode:
            for redactor in redactors():
                found = redactor.redact(Withdrawn(new_id(), new_id(), new_id(), mode))
                assert [trace for trace in found if trace.count] == [], redactor.key
