"""Addresses of interviews, of their guides and of their recordings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.access.world_fieldwork_interviews import ARRIVING

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

ON_A_STUDY = ("interviews", "guides", "start_guide")
ON_A_GUIDE = ("guide", "rewrite_guide")
ON_AN_INTERVIEW = (
    "interview", "change_interview", "interview_notes", "hold_interview", "drop_interview", "begin_recording",
    "deposit_recording", "interview_text", "save_interview_text", "interview_progress", "import_interview_text",
    "bind_interview_voices", "clear_interview_text", "pour_interview_text",
)  # fmt: skip
ON_A_RECORDING = (
    "pieces", "finish_recording", "abandon_recording", "recording_sound", "recording_file", "remove_recording",
    "hear_recording",
)  # fmt: skip


def fieldwork_interviews_examples(world: World) -> Iterator[Example]:
    """One interview with a whole recording, and one that is still arriving."""
    from tests.access.examples import NOT_THERE, _on  # it imports us

    study, place = world.rows["studies.Study"][0], world.rows["studies.StudyPlace"][0]
    for name in ON_A_STUDY:
        yield _on(f"fieldwork:{name}", "", study.pk, missing=(NOT_THERE,))
    yield _on("fieldwork:plan_interview", "", study.pk, place.pk, missing=(study.pk, NOT_THERE))
    for name in ON_A_GUIDE:
        yield _on(f"fieldwork:{name}", "", world.rows["fieldwork.Guide"][0].pk, missing=(NOT_THERE,))
    for name in ON_AN_INTERVIEW:
        yield _on(f"fieldwork:{name}", "", world.rows["fieldwork.Interview"][0].pk, missing=(NOT_THERE,))
    whole = world.rows["fieldwork.Recording"][0]
    arriving = world.rows[f"fieldwork.Recording · {ARRIVING}"][0]
    for name in ON_A_RECORDING:
        yield _on(f"fieldwork:{name}", "reçu", whole.pk, missing=(NOT_THERE,))
    for name in ("pieces", "recording_sound"):
        yield _on(f"fieldwork:{name}", ARRIVING, arriving.pk, missing=(NOT_THERE,))
