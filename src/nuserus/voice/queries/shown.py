"""What is shown of the recordings of one question."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings

from nuserus.foundation.asking import Asking
from nuserus.voice.enums import WARNED_DAYS_BEFORE, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.queries.model import model_problem
from nuserus.voice.queries.recordings import days_left, deleted_on, last_ended, recordings_of_question
from nuserus.voice.registry import place_of


def minutes(seconds: float) -> str:
    """A length as it is read on a recorder: "0:12"."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def shown_recordings(asking: Asking, kind: str, about: UUID, question: str) -> dict[str, Any]:
    """The recordings that wait for something, each with what may be done; and what became of the last one."""
    place = place_of(kind)
    found = list(recordings_of_question(asking, kind, about, question))
    return {
        "lines": [_line(recording, rank) for rank, recording in enumerate(found, start=1)],
        "targets": place.targets(asking, about, question) if found and place else [],
        "is_waiting": any(recording.state == RecordingState.WAITING for recording in found),
        "ended": last_ended(asking, kind, about, question),
        "machine_fails": bool(settings.NUSERUS_SPEECH_MODEL and model_problem(settings.NUSERUS_SPEECH_MODEL)),
    }


def _line(recording: Recording, rank: int) -> dict[str, Any]:
    left = days_left(recording)
    return {
        "recording": recording,
        "rank": rank,
        "length": minutes(recording.seconds),
        "goes_on": deleted_on(recording),
        "goes_soon": left <= WARNED_DAYS_BEFORE,
        "days_left": left,
        "rows": min(14, max(4, len(recording.transcript) // 60 + recording.transcript.count("\n") + 1)),
    }
