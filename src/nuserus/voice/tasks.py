"""Jobs about recordings. Each may be killed at any moment and is then done once, by the sweep at the latest."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.foundation.asking import acting_as, as_system
from nuserus.voice.actions.deposit import TRANSCRIBE
from nuserus.voice.actions.ending import ERASE, ERASE_PLACE, erase_sound
from nuserus.voice.actions.sweep import end_of_place, end_too_old, soon_to_end, take_up, warn
from nuserus.voice.actions.transcribe import transcribe as write_down


@app.task(name=TRANSCRIBE)
def transcribe(*, recording_id: str, speaker_id: str) -> None:
    """Write a recording down."""
    write_down(recording_id=UUID(recording_id), speaker_id=UUID(speaker_id))


@app.task(name=ERASE, retry=3)
def erase(*, recording_id: str, speaker_id: str) -> None:
    """Remove the sound of a recording that ended."""
    with acting_as(UUID(speaker_id)):
        erase_sound(UUID(recording_id))


@app.task(name=ERASE_PLACE, retry=3)
def erase_place(*, kind: str, about: str) -> None:
    """End what was said about a thing that was thrown away."""
    with as_system("end recordings with their draft"):
        end_of_place(kind=kind, about=UUID(about))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sweep_recordings", pass_context=False)
def sweep_recordings(timestamp: int) -> None:
    """Take up what a killed worker left: sounds to remove, voices to write down."""
    with as_system("take up recordings", recorded=False):
        take_up()


@app.periodic(cron="37 4 * * *")
@app.task(queueing_lock="forget_recordings", pass_context=False)
def forget_recordings(timestamp: int) -> None:
    """Tell that a recording will soon go, and end those that were kept too long."""
    with as_system("find recordings that will soon go", recorded=False):
        ending = soon_to_end()
    for recording_id, speaker_id in ending:
        with acting_as(speaker_id):
            warn(recording_id)
    with as_system("end recordings kept too long"):
        end_too_old()
