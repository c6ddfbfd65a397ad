"""A recording that ended since the backup ends in the copy too, and its sound leaves the disk."""

from __future__ import annotations

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.replaying import register_replay
from nuserus.voice.actions.ending import RECORDING_ENDED, end_recording
from nuserus.voice.enums import HELD, Ending
from nuserus.voice.models import Recording


def register_replays() -> None:
    """Say to the ledger how it is done again. Called from `AppConfig.ready`."""
    register_replay(RECORDING_ENDED, _end_recording)


def _end_recording(entry: Entry) -> None:
    with as_system("a recording that ended since the backup"):
        recording = Recording.objects.filter(pk=entry.object_id, state__in=HELD).first()
    if recording is not None:
        with acting_as(recording.scope_author):
            ending = Ending(entry.details["ending"])
            end_recording(Recording.objects.get(pk=recording.pk), ending, actor=recording.scope_author)
