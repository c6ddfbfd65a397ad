"""The end of a recording: its row says why at once, its sound leaves the disk right after, once.

What ends a recording only writes it down; a job removes the file and notes when. A sweep takes up the
ends whose job died, so that between the two nothing stays.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.missions import revoke_mission
from nuserus.voice.enums import HELD, Ending, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.rules import can_delete_recording

RECORDING_ENDED = "voice.recording_ended"
ERASE = "nuserus.voice.tasks.erase"
ERASE_PLACE = "nuserus.voice.tasks.erase_place"


def throw_away(*, actor: Asking, recording: Recording) -> None:
    """Delete one's recording and what was made of it. Raises Unreadable or PermissionDenied."""
    can_delete_recording.require(actor, recording)
    end_recording(recording, Ending.THROWN, actor=actor.user_id)


def end_recording(recording: Recording, ending: Ending, *, actor: UUID | None) -> None:
    """Close a recording in the caller's transaction; its sound goes once that is committed."""
    if recording.state not in HELD:
        return
    recording.state = RecordingState.PLACED if ending == Ending.PLACED else RecordingState.GONE
    recording.ending = ending
    recording.ended_at = timezone.now()
    recording.transcript = ""
    recording.save(update_fields=["state", "ending", "ended_at", "transcript"])
    if recording.taken_by is not None and actor == recording.scope_author:
        revoke_mission(recording.pk, recording.taken_by)
    record("end a recording", actor=actor, object_id=recording.pk)
    note_withdrawal(RECORDING_ENDED, object_id=recording.pk, details={"ending": ending.value})
    app.configure_task(ERASE).defer(recording_id=str(recording.pk), speaker_id=str(recording.scope_author))


def end_with_place(*, kind: str, about: UUID) -> None:
    """Close every recording about a thing that was thrown away, whoever spoke: a job does, as the system."""
    app.configure_task(ERASE_PLACE).defer(kind=kind, about=str(about))


def erase_sound(recording_id: UUID) -> bool:
    """Remove the sound of an ended recording from the disk, then note when; false when it was done before.

    In that order: killed in between, it is done again, and a file that is gone already is no failure.
    """
    with transaction.atomic():
        recording = Recording.objects.select_for_update().filter(pk=recording_id).first()
        if recording is None or recording.ended_at is None or recording.sound_deleted_at is not None:
            return False
        if recording.file.name:
            recording.file.storage.delete(recording.file.name)
        recording.file = ""
        recording.sound_deleted_at = timezone.now()
        recording.save(update_fields=["file", "sound_deleted_at"])
    return True
