"""The machine writes an interview: a job that may be left and found again, whose turns a person corrects."""

from __future__ import annotations

import fcntl
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import exceptions
from procrastinate.contrib.django import app

from nuserus.fieldwork.actions.interviews import require_recordable
from nuserus.fieldwork.actions.recordings_ended import AT_A_TIME, ON_ITS_WAY
from nuserus.fieldwork.enums import Hearing, RecordingState
from nuserus.fieldwork.models import DraftTurn, Recording
from nuserus.fieldwork.queries.interviews import may_be_heard
from nuserus.fieldwork.queries.typed import LONGEST_TURN
from nuserus.fieldwork.rules import can_change_recording
from nuserus.foundation.asking import Asking, acting_as
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_text
from nuserus.studies.queries.materials import scope_of_material
from nuserus.voice.queries.model import model_problem

logger = logging.getLogger(__name__)

HEAR: Final = "nuserus.fieldwork.tasks.hear_recording"
MOST_ATTEMPTS: Final = 3
# A slow machine takes six times as long as the voice, and some time to load its model.
SLOWEST: Final = 6.0
TO_LOAD: Final = 15 * 60.0
_TOLD_EVERY: Final = 3.0
# A silence longer than this, in seconds, begins another turn.
_BREATH: Final = 1.6
# A model fills the memory: one at a time in each worker.
_HEARING = Lock()
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "OMP_NUM_THREADS", "SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass(slots=True)
class Heard:
    """What the machine understood: (begin, end, words), seconds; or why it did not."""

    stretches: list[tuple[float, float, str]] = field(default_factory=list)
    problem: str = ""


@transaction.atomic
def ask_hearing(*, actor: Asking, recording: Recording) -> None:
    """Let the machine write a recording. Asked already: nothing happens.

    Raises ValidationError in words: no program, no agreement any more, a text that is there already.
    """
    can_change_recording.require(actor, recording)
    if not settings.NUSERUS_SPEECH_MODEL or model_problem(settings.NUSERUS_SPEECH_MODEL):
        raise ValidationError(_("La transcription automatique ne marche pas sur ce site. Tapez ou importez le texte."))
    require_recordable(recording.interview)
    held = Recording.objects.select_for_update(of=("self",)).select_related("interview").get(pk=recording.pk)
    if held.state != RecordingState.STORED or held.hearing in {Hearing.WAITING, Hearing.RUNNING}:
        return
    if held.interview.source_id is not None or DraftTurn.objects.filter(interview=held.interview_id).exists():
        raise ValidationError(_("Un texte est déjà là. Effacez-le d’abord si la machine doit en écrire un autre."))
    held.hearing, held.hearing_asked_by, held.attempts, held.heard_seconds = Hearing.WAITING, actor.user_id, 0, 0
    held.save(update_fields=["hearing", "hearing_asked_by", "attempts", "heard_seconds"])
    record("ask for a transcription", actor=actor.user_id, object_id=held.pk)
    app.configure_task(HEAR).defer(recording_id=str(held.pk), asker_id=str(actor.user_id))


@transaction.atomic
def stop_hearing(*, actor: Asking, recording: Recording) -> None:
    """No text by the machine after all."""
    can_change_recording.require(actor, recording)
    held = Recording.objects.select_for_update().get(pk=recording.pk)
    if held.hearing in {Hearing.WAITING, Hearing.RUNNING}:
        held.hearing = Hearing.NONE
        held.save(update_fields=["hearing"])


def hear_recording(*, recording_id: UUID, asker_id: UUID) -> None:
    """Write a recording for who asked. Done before, stopped, or being done: nothing happens.

    Killed in the middle, it is begun again by the sweep; the turns are written where they are still awaited.
    """
    with acting_as(asker_id):
        recording = _awaited(recording_id)
        path = Path(recording.file.path) if recording is not None else None
    with ExitStack() as stack:
        if path is None or not stack.enter_context(_ours(path)):
            return
        with acting_as(asker_id):
            recording = _awaited(recording_id)
            if recording is None:
                return
            recording.attempts += 1
            recording.hearing = Hearing.RUNNING
            recording.save(update_fields=["attempts", "hearing"])
            seconds, tries = recording.seconds, recording.attempts
        heard = _hear(path, recording_id, asker_id, seconds) if tries <= MOST_ATTEMPTS else Heard(problem="attempts")
        if heard.problem:
            logger.warning("An interview could not be transcribed: %s", heard.problem)
        with acting_as(asker_id):
            _write(recording_id, heard)


def take_up_hearing() -> None:
    """As the system: ask again for what nobody writes any more."""
    late = timezone.now() - ON_ITS_WAY
    rows = Recording.objects.filter(hearing__in=[Hearing.WAITING, Hearing.RUNNING], stored_at__lt=late)
    for recording in rows[:AT_A_TIME]:
        lock = f"hear {recording.pk}"
        with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
            app.configure_task(HEAR, queueing_lock=lock).defer(
                recording_id=str(recording.pk), asker_id=str(recording.hearing_asked_by)
            )


def _awaited(recording_id: UUID) -> Recording | None:
    rows = Recording.objects.select_for_update(of=("self",)).select_related("interview__place")
    found = rows.filter(
        pk=recording_id, state=RecordingState.STORED, hearing__in=[Hearing.WAITING, Hearing.RUNNING]
    ).first()
    if found is not None and not may_be_heard(found.interview):  # somebody took their voice back meanwhile
        found.hearing = Hearing.NONE
        found.save(update_fields=["hearing"])
        return None
    return found


@contextmanager
def _ours(path: Path) -> Iterator[bool]:
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


def _hear(path: Path, recording_id: UUID, asker_id: UUID, seconds: float) -> Heard:
    folder = settings.NUSERUS_SPEECH_MODEL
    problem = model_problem(folder) if folder else "no model"
    if problem:
        return Heard(problem=problem)
    command = [sys.executable, "-m", "nuserus.fieldwork.actions.listen", folder, str(path)]
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
        patience = Timer(TO_LOAD + SLOWEST * seconds, process.kill)
        patience.start()
        try:
            return _follow(process, recording_id, asker_id)
        finally:
            patience.cancel()
            process.kill()


def _follow(process: subprocess.Popen[bytes], recording_id: UUID, asker_id: UUID) -> Heard:
    """Read what it says as it says it, and tell how far it is; stops when nobody waits for it any more."""
    heard, told = Heard(problem="it ended too early"), time.monotonic()
    for line in process.stdout or ():
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if "error" in said:
            heard.problem = str(said["error"])
        elif said.get("end"):
            heard.problem = ""
        elif "text" in said:
            heard.stretches.append((float(said["begins"]), float(said["ends"]), str(said["text"])))
            if time.monotonic() - told > _TOLD_EVERY:
                told = time.monotonic()
                with acting_as(asker_id):
                    rows = Recording.objects.filter(pk=recording_id, hearing=Hearing.RUNNING)
                    if not rows.update(heard_seconds=float(said["ends"])):
                        return Heard(problem="stopped")
    return heard


def _write(recording_id: UUID, heard: Heard) -> None:
    recording = _awaited(recording_id)
    if recording is None:
        return
    if heard.problem:
        recording.hearing = Hearing.FAILED
        recording.save(update_fields=["hearing"])
        return
    interview = recording.interview
    scope = scope_of_material(interview.place, author=interview.scope_author)
    last = DraftTurn.objects.filter(interview=interview).order_by("-position").first()
    first = last.position + 1 if last else 0
    DraftTurn.objects.bulk_create(
        DraftTurn(interview=interview, position=first + rank, text=text, begins_ms=begins, ends_ms=ends, **scope)
        for rank, (begins, ends, text) in enumerate(turns_of_stretches(heard.stretches))
    )
    recording.hearing, recording.heard_seconds = Hearing.DONE, recording.seconds
    recording.save(update_fields=["hearing", "heard_seconds"])
    interview.revision += 1
    interview.save(update_fields=["revision"])


def turns_of_stretches(stretches: list[tuple[float, float, str]]) -> list[tuple[int, int, str]]:
    """Stretches of speech joined until somebody breathes: (begin, end, words), in milliseconds.

    >>> turns_of_stretches([(0, 2, "Bonjour."), (2.2, 3, "Ça va ?"), (6, 7, "Oui.")])
    [(0, 3000, 'Bonjour. Ça va ?'), (6000, 7000, 'Oui.')]
    """
    turns: list[tuple[int, int, str]] = []
    for begins, ends, said in stretches:
        words = plain_text(said)
        if not words:
            continue
        first, last = int(begins * 1000), int(ends * 1000)
        joined = f"{turns[-1][2]} {words}" if turns else words
        if turns and first - turns[-1][1] <= _BREATH * 1000 and len(joined) <= LONGEST_TURN:
            turns[-1] = (turns[-1][0], last, joined)
        else:
            turns.append((first, last, words[:LONGEST_TURN]))
    return turns
