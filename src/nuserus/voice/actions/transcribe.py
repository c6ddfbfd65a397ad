"""From the sound to a text: the machine in a process of its own, outside any transaction."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from nuserus.foundation.asking import acting_as
from nuserus.foundation.plain import plain_text
from nuserus.voice.enums import LONGEST_TRANSCRIPT, MOST_ATTEMPTS, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.queries.model import model_problem

logger = logging.getLogger(__name__)

# A slow machine takes three times as long as the voice; ten minutes of it are the most.
PATIENCE_SECONDS = 45 * 60
# A model fills the memory: one at a time in each worker.
_HEARING = Lock()
# What the other process needs of the environment; no key and no address of the database is among them.
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "OMP_NUM_THREADS", "SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass(frozen=True, slots=True)
class Heard:
    """What the machine understood, or why it did not."""

    text: str = ""
    problem: str = ""


def transcribe(*, recording_id: UUID, speaker_id: UUID) -> None:
    """Write a recording down, for the person who spoke. Done before, ended, or being done: nothing happens.

    Killed in the middle, it is begun again; the text is written where it is still awaited, so it never
    appears twice.
    """
    with acting_as(speaker_id):
        recording = _awaited(recording_id)
        path = Path(recording.file.path) if recording is not None else None
    with ExitStack() as stack:
        if path is None or not stack.enter_context(_held(path)):
            return
        with acting_as(speaker_id):
            recording = _awaited(recording_id)
            if recording is None:
                return
            recording.attempts += 1
            recording.save(update_fields=["attempts"])
        heard = hear(path) if recording.attempts <= MOST_ATTEMPTS else Heard(problem="too many attempts")
        if heard.problem:
            logger.warning("A recording could not be transcribed: %s", heard.problem)
        with acting_as(speaker_id):
            _write(recording_id, heard)


@contextmanager
def _held(path: Path) -> Iterator[bool]:
    """Whether the sound is ours for now; the system lets go of it when a worker dies."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _write(recording_id: UUID, heard: Heard) -> None:
    recording = _awaited(recording_id)
    if recording is None:
        return
    if heard.problem:
        recording.state = RecordingState.TO_WRITE
    else:
        recording.state = RecordingState.WRITTEN
        recording.transcript = plain_text(heard.text)[:LONGEST_TRANSCRIPT]
        recording.written_at = timezone.now()
    recording.save(update_fields=["state", "transcript", "written_at"])


def _awaited(recording_id: UUID) -> Recording | None:
    return Recording.objects.select_for_update().filter(pk=recording_id, state=RecordingState.WAITING).first()


def hear(file: Path) -> Heard:
    """The text of a sound file, by the operator's model."""
    folder = settings.NUSERUS_SPEECH_MODEL
    problem = model_problem(folder) if folder else "no model"
    if problem:
        return Heard(problem=problem)
    command = [sys.executable, "-m", "nuserus.voice.actions.recognise", folder, str(file)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with (
        _HEARING,
        # its standard input stays open as long as we live: it ends with us
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "HF_HUB_OFFLINE": "1"},
        ) as process,
    ):
        patience = Timer(PATIENCE_SECONDS, process.kill)
        patience.start()
        said = process.stdout.read() if process.stdout else b""
        process.wait()
        patience.cancel()
    return _understood(said, process.returncode)


def _understood(said: bytes, code: int) -> Heard:
    try:
        answer = json.loads(said)
    except ValueError:
        return Heard(problem=f"the recogniser ended with code {code}")
    if "error" in answer:
        return Heard(problem=str(answer["error"]))
    return Heard(text=str(answer["text"]))
