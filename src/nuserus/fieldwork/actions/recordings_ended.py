"""The end of a recording: its row says why at once, its sound leaves the disk right after, once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nuserus.fieldwork.enums import Hearing, RecordingEnding, RecordingState
from nuserus.fieldwork.models import Recording, RecordingPiece
from nuserus.fieldwork.queries.interviews import keeping_of
from nuserus.fieldwork.rules import can_change_recording
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.noting import note_withdrawal

RECORDING_REMOVED: Final = "fieldwork.recording_removed"
ERASE: Final = "nuserus.fieldwork.tasks.erase_recording"
# An upload that nobody goes on with, counted from its last piece.
UNFINISHED: Final = timedelta(days=14)
# A job that was just asked for is on its way.
ON_ITS_WAY: Final = timedelta(minutes=1)
AT_A_TIME: Final = 100


@transaction.atomic
def remove_recording(*, actor: Asking, recording: Recording) -> None:
    """Take a recording away for good; its line stays and says so. Removed already: nothing happens."""
    can_change_recording.require(actor, recording)
    held = Recording.objects.select_for_update().get(pk=recording.pk)
    if held.state != RecordingState.ENDED:
        end_recording(held, RecordingEnding.REMOVED, actor=actor.user_id)
        note_withdrawal(RECORDING_REMOVED, object_id=held.pk)


def end_recording(recording: Recording, ending: RecordingEnding, *, actor: UUID | None) -> None:
    """Close a recording in the caller's transaction; its sound goes once that is committed."""
    recording.state = RecordingState.ENDED
    recording.ending = ending
    recording.ended_at = timezone.now()
    if recording.hearing in {Hearing.WAITING, Hearing.RUNNING}:
        recording.hearing = Hearing.NONE
    recording.save(update_fields=["state", "ending", "ended_at", "hearing"])
    RecordingPiece.objects.filter(recording=recording).delete()
    record(f"end a recording: {ending.value}", actor=actor, object_id=recording.pk)
    app.configure_task(ERASE).defer(recording_id=str(recording.pk))


def erase_sound(recording_id: UUID) -> bool:
    """As the system: remove the sound of an ended recording, then note when; false when it was done before.

    In that order: killed in between, it is done again, and a file that is gone already is no failure.
    """
    with transaction.atomic():
        recording = Recording.objects.select_for_update().filter(pk=recording_id).first()
        if recording is None or recording.ended_at is None or recording.file_deleted_at is not None:
            return False
        if recording.file.name:
            Path(recording.file.path).unlink(missing_ok=True)
        recording.file = ""
        recording.file_deleted_at = timezone.now()
        recording.save(update_fields=["file", "file_deleted_at"])
    return True


def sweep_uploads() -> None:
    """As the system: give up what nobody goes on with, and remove the sounds whose job died."""
    now = timezone.now()
    left = Recording.objects.filter(state=RecordingState.ARRIVING, last_at__lt=now - UNFINISHED)
    for recording in left[:AT_A_TIME]:
        with transaction.atomic():
            held = Recording.objects.select_for_update().get(pk=recording.pk)
            if held.state == RecordingState.ARRIVING and held.last_at < now - UNFINISHED:
                end_recording(held, RecordingEnding.ABANDONED, actor=None)
    late = Recording.objects.filter(state=RecordingState.ENDED, file_deleted_at=None, ended_at__lt=now - ON_ITS_WAY)
    for recording in late[:AT_A_TIME]:
        erase_sound(recording.pk)


def end_kept_enough() -> int:
    """As the system: end the recordings that their study keeps no longer. Returns how many; the journal says which."""
    today = timezone.localdate()
    ended = 0
    rows = Recording.objects.filter(state=RecordingState.STORED).select_related("interview")
    for recording in rows.iterator():
        keeping = keeping_of(recording.interview)
        if not keeping.erases or keeping.until is None or keeping.until >= today:
            continue
        with transaction.atomic():
            held = Recording.objects.select_for_update().get(pk=recording.pk)
            if held.state == RecordingState.STORED:
                end_recording(held, RecordingEnding.KEPT, actor=None)
                ended += 1
    return ended


def remove_again(entry: Entry) -> None:
    """After a restoration: a recording that was removed since the backup goes once more."""
    with as_system("a recording removed since the backup"):
        recording = Recording.objects.filter(pk=entry.object_id).exclude(state=RecordingState.ENDED).first()
        if recording is not None:
            end_recording(recording, RecordingEnding.REMOVED, actor=None)
