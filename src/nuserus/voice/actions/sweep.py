"""What time does to recordings: taken up when a worker died, told before their end, ended."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from procrastinate import exceptions
from procrastinate.contrib.django import app

from nuserus.voice.actions.deposit import TRANSCRIBE
from nuserus.voice.actions.ending import end_recording, erase_sound
from nuserus.voice.enums import HELD, KEPT_DAYS, WARNED_DAYS_BEFORE, Ending, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.queries.recordings import days_left
from nuserus.voice.registry import place_of

# A job that was just asked for is on its way.
ON_ITS_WAY = timedelta(minutes=1)
AT_A_TIME = 100


def take_up() -> None:
    """As the system: remove the sounds whose job died, and ask again for what nobody writes down."""
    late = timezone.now() - ON_ITS_WAY
    for recording in Recording.objects.filter(sound_deleted_at=None, ended_at__lt=late)[:AT_A_TIME]:
        erase_sound(recording.pk)
    waiting = Recording.objects.filter(state=RecordingState.WAITING, recorded_at__lt=late)[:AT_A_TIME]
    for recording in waiting:
        lock = f"voice {recording.pk}"
        with suppress(exceptions.AlreadyEnqueued), transaction.atomic():
            app.configure_task(TRANSCRIBE, queueing_lock=lock).defer(
                recording_id=str(recording.pk), speaker_id=str(recording.scope_author)
            )


def end_of_place(*, kind: str, about: UUID) -> None:
    """As the system: end every recording about a thing that was thrown away."""
    for recording in Recording.objects.filter(kind=kind, about=about, state__in=HELD):
        end_recording(recording, Ending.WITH_ITS_PLACE, actor=None)


def soon_to_end() -> list[tuple[UUID, UUID]]:
    """As the system: recordings that go within a week and whose author was not told, with that author."""
    limit = timezone.now() - timedelta(days=KEPT_DAYS - WARNED_DAYS_BEFORE)
    due = Recording.objects.filter(state__in=HELD, warned_at=None, recorded_at__lt=limit)
    return [(row.pk, row.scope_author) for row in due if row.scope_author is not None]


def warn(recording_id: UUID) -> None:
    """For who spoke: tell once that a recording will soon be deleted, in the caller's transaction."""
    recording = Recording.objects.select_for_update().filter(pk=recording_id, warned_at=None).first()
    place = place_of(recording.kind) if recording is not None else None
    if recording is None or place is None or recording.scope_author is None:
        return
    recording.warned_at = timezone.now()
    recording.save(update_fields=["warned_at"])
    place.warn(recording.scope_author, recording.about, recording.question, days_left(recording))


def end_too_old() -> None:
    """As the system: end what was kept for too long and whose author was told days before."""
    now = timezone.now()
    told = now - timedelta(days=WARNED_DAYS_BEFORE - 1)
    kept = Recording.objects.filter(state__in=HELD, recorded_at__lt=now - timedelta(days=KEPT_DAYS), warned_at__lt=told)
    for recording in kept[:AT_A_TIME]:
        end_recording(recording, Ending.TOO_OLD, actor=None)
