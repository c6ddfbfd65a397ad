"""The real faster-whisper, when it is installed and NUSERUS_TEST_SPEECH_MODEL names a model that understands French.

The voice is a machine's (espeak-ng): a small model hears most of its words, so some of them are looked for.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.test import override_settings

from nuserus.fieldwork import tasks as field_tasks
from nuserus.fieldwork.actions.hearing import ask_hearing
from nuserus.fieldwork.enums import Hearing
from nuserus.fieldwork.models import DraftTurn
from nuserus.foundation.asking import acting_as, as_system
from nuserus.voice import tasks
from nuserus.voice.enums import RecordingState
from tests.config.processes import run_nuserus
from tests.factories.directory import make_institution
from tests.factories.fieldwork import make_field
from tests.factories.interviews import get_field_recording, make_field_recording, make_interview, make_listened
from tests.factories.practices import make_draft
from tests.factories.sheets import make_member
from tests.factories.voice import get_recording, make_recording

MODEL = os.environ.get("NUSERUS_TEST_SPEECH_MODEL", "")
SAID = (
    "Le matin, je prends la tablette dans le salon. Je regarde les photos de ma famille avec l’éducatrice. "
    "Après le repas, j’appelle ma sœur en vidéo."
)
WORDS = ("la tablette", "photos de ma famille", "vidéo")

pytestmark = [
    pytest.mark.usefixtures("database"),
    pytest.mark.skipif(not MODEL, reason="NUSERUS_TEST_SPEECH_MODEL names no model"),
    pytest.mark.skipif(find_spec("faster_whisper") is None, reason="faster-whisper is not installed (extra voice)"),
    pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng, which speaks, is not installed"),
]


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("speech") / "dit.wav"
    subprocess.run(["espeak-ng", "-v", "fr", "-s", "135", "-w", str(file), SAID], check=True)
    return file.read_bytes()


def test_the_check_finds_the_model_right(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir(mode=0o700)
    done = run_nuserus("check", "--data", tmp_path / "var", NUSERUS_SPEECH_MODEL=MODEL)
    assert [line[0] for line in done.stdout.splitlines() if "Voix" in line] == ["✓"], done.stdout


def test_an_answer_said_aloud_becomes_a_text(speech: bytes) -> None:
    author = make_member(make_institution())
    with override_settings(NUSERUS_SPEECH_MODEL=MODEL):
        recording = make_recording(make_draft(author), content=speech)
        assert recording.state == RecordingState.WAITING
        tasks.transcribe(recording_id=str(recording.pk), speaker_id=str(author.pk))
    written = get_recording(recording)
    assert written.state == RecordingState.WRITTEN
    assert [word for word in WORDS if word not in written.transcript.lower()] == [], written.transcript


def test_an_interview_becomes_turns_with_their_times(speech: bytes) -> None:
    place, researcher = make_field()
    interview = make_interview(place, researcher, make_listened(place, researcher))
    recording = make_field_recording(interview, researcher, speech)
    with override_settings(NUSERUS_SPEECH_MODEL=MODEL):
        with acting_as(researcher.pk) as asking:
            ask_hearing(actor=asking, recording=recording)
        field_tasks.hear_recording(recording_id=str(recording.pk), asker_id=str(researcher.pk))
    heard = get_field_recording(recording)
    assert heard.hearing == Hearing.DONE
    with as_system("read test data", recorded=False):
        turns = list(DraftTurn.objects.order_by("position"))
    text = " ".join(turn.text for turn in turns)
    assert [word for word in WORDS if word not in text.lower()] == [], text
    assert turns[0].begins_ms < 2_000
    assert turns[-1].ends_ms is not None
    assert abs(turns[-1].ends_ms / 1000 - heard.seconds) < 3


def test_a_folder_that_is_no_model_is_told_and_breaks_nothing(speech: bytes, tmp_path: Path) -> None:
    author = make_member(make_institution())
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    with override_settings(NUSERUS_SPEECH_MODEL=str(tmp_path)):
        recording = make_recording(make_draft(author), content=speech)
        assert recording.state == RecordingState.WAITING
        tasks.transcribe(recording_id=str(recording.pk), speaker_id=str(author.pk))
    assert get_recording(recording).state == RecordingState.TO_WRITE
