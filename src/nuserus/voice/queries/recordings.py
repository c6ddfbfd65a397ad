"""Recordings as those who spoke, and those who write them down, find them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connections, router
from django.db.models import QuerySet, Sum
from django.utils import timezone

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.voice.enums import HELD, KEPT_DAYS, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.rules import can_read_recording


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue: nothing of whose it is, nor of what it is about."""

    id: UUID
    seconds: float
    entrusted_at: datetime


def recordings_of_question(asking: Asking, kind: str, about: UUID, question: str) -> QuerySet[Recording]:
    """What the person recorded for a question and has not settled, oldest first."""
    return Recording.objects.filter(
        scope_author=asking.user_id, kind=kind, about=about, question=question, state__in=HELD
    )


def last_ended(asking: Asking, kind: str, about: UUID, question: str) -> Recording | None:
    """The last recording of this question whose text was settled: for the line that says when it went."""
    return (
        Recording.objects.filter(scope_author=asking.user_id, kind=kind, about=about, question=question)
        .exclude(state__in=HELD)
        .order_by("-ended_at", "-id")
        .first()
    )


def readable_recording(asking: Asking, recording_id: UUID) -> Recording:
    """One recording. Raises Unreadable (404) when it is hidden or missing."""
    found = Recording.objects.filter(pk=recording_id).first()
    if found is None:
        raise Unreadable
    can_read_recording.require(asking, found)
    return found


def held_by(asking: Asking) -> tuple[int, int]:
    """How many recordings the person has here, and their weight in bytes."""
    held = Recording.objects.filter(scope_author=asking.user_id, state__in=HELD)
    return held.count(), held.aggregate(weight=Sum("size"))["weight"] or 0


def waiting_to_be_written() -> list[Waiting]:
    """What was entrusted and nobody took; empty for who is not a facilitator."""
    with connections[router.db_for_read(Recording)].cursor() as cursor:
        cursor.execute("SELECT id, seconds, entrusted_at FROM nuserus_recordings_to_write()")
        return [Waiting(*row) for row in cursor.fetchall()]


def taken_by(asking: Asking) -> QuerySet[Recording]:
    """What the person took from the queue and has not written down yet."""
    return Recording.objects.filter(taken_by=asking.user_id, state=RecordingState.TO_WRITE)


def deleted_on(recording: Recording) -> datetime:
    """When the sound goes, whatever happens."""
    return recording.recorded_at + timedelta(days=KEPT_DAYS)


def days_left(recording: Recording) -> int:
    """Whole days before that, never less than one."""
    return max(1, (deleted_on(recording) - timezone.now()).days)
