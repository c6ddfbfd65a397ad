"""Jobs about recordings of interviews. Each may be killed at any moment; the sweep then has it done, once."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.fieldwork.actions.hearing import HEAR, take_up_hearing
from nuserus.fieldwork.actions.hearing import hear_recording as hear
from nuserus.fieldwork.actions.recordings_ended import ERASE, end_kept_enough, erase_sound, sweep_uploads
from nuserus.foundation.asking import as_system


@app.task(name=ERASE, retry=3)
def erase_recording(*, recording_id: str) -> None:
    """Remove the sound of a recording that ended."""
    with as_system("erase the sound of a recording that ended"):
        erase_sound(UUID(recording_id))


@app.task(name=HEAR)
def hear_recording(*, recording_id: str, asker_id: str) -> None:
    """Write an interview down by the machine."""
    hear(recording_id=UUID(recording_id), asker_id=UUID(asker_id))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="sweep_interviews", pass_context=False)
def sweep_interviews(timestamp: int) -> None:
    """Give up unfinished uploads, and take up what a killed worker left."""
    with as_system("take up recordings of interviews", recorded=False):
        sweep_uploads()
        take_up_hearing()


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="end_kept_recordings", pass_context=False)
def end_kept_recordings(timestamp: int) -> None:
    """Erase the recordings that their study keeps no longer."""
    with as_system("end recordings that are kept no longer"):
        end_kept_enough()
