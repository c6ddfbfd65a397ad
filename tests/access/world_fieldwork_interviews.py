"""An interview of the place in the world, held by the researcher: its guide, its voice, the text in the making."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.utils import timezone

from nuserus.fieldwork.actions.interviews import Written, note_interview, plan_interview, write_guide
from nuserus.fieldwork.actions.recordings import Announced, begin_recording, finish_recording, take_piece
from nuserus.fieldwork.actions.transcripts import keep_text
from nuserus.fieldwork.models import (
    DraftTurn,
    Guide,
    GuideVersion,
    Interview,
    InterviewParticipant,
    Recording,
    RecordingPiece,
)
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.corpus import agree, make_participant
from tests.factories.interviews import let_record
from tests.factories.voice import voice

if TYPE_CHECKING:
    from tests.access.world import World

LISTENED = "CANARI-ENTRETIEN-TERRAIN"
NOTED = "CANARI-NOTES-D-ENTRETIEN"
GUIDE = "CANARI-GUIDE-D-ENTRETIEN"
ARRIVING = "en cours d’envoi"
FIELDWORK_INTERVIEWS_MODELS = (
    Guide, GuideVersion, Interview, InterviewParticipant, DraftTurn, Recording, RecordingPiece,
)  # fmt: skip


def add_interviews(world: World) -> None:
    """Two recordings: one that arrived whole, one whose first piece is there. After `add_studies`."""
    researcher, lead = world.people["chercheur"], world.people["responsable d’étude"]
    assert researcher is not None
    assert lead is not None
    place = world.rows["studies.StudyPlace"][0]
    heard = make_participant(place, researcher, "Fougère")
    agree(heard, researcher)
    let_record(heard, researcher)
    with acting_as(lead.pk) as asking:
        themes = [{"title": GUIDE, "questions": ["Que faites-vous le matin ?"]}]
        guide = write_guide(actor=asking, study=place.study, guide=None, written=Written(GUIDE, themes))
    said = {"kind": "individual", "mode": "in_person", "held_on": timezone.localdate(), "where": "le salon"}
    sound, other = voice(), voice(2.0)
    with acting_as(researcher.pk) as asking:
        interview = plan_interview(actor=asking, place=place, said=said, people=[heard.pk])
        note_interview(actor=asking, interview=interview, notes=f"{NOTED} une pause")
        keep_text(actor=asking, interview=interview, text=f"0:01 Fougère : {LISTENED} le matin.", revision=0)
        for content, pieces in ((sound, 1), (other, 2)):
            half = content[: len(content) // pieces]
            digest = hashlib.sha256(half).hexdigest()
            recording = begin_recording(actor=asking, interview=interview, announced=Announced(len(content), digest))
            take_piece(actor=asking, recording=recording, offset=0, content=half, sha256=digest)
            if pieces == 1:
                finish_recording(actor=asking, recording=recording, sha256=digest)
    with as_system("read test data", recorded=False):
        world.keep(guide, guide.guide, Interview.objects.get(pk=interview.pk))
        world.keep(InterviewParticipant.objects.get(interview=interview), DraftTurn.objects.get(interview=interview))
        world.keep(Recording.objects.get(interview=interview, state="stored"))
        world.keep(Recording.objects.get(interview=interview, state="arriving"), case=ARRIVING)
        world.keep(RecordingPiece.objects.get(recording__interview=interview))
    world.readers |= {said: {"chercheur", "responsable d’étude"} for said in (LISTENED, NOTED)}
    taking_part = {
        "responsable d’étude",
        "chercheur",
        "praticien-chercheur du lieu",
        "membre de comité",
        "membre du lieu",
    }
    world.readers[GUIDE] = taking_part
