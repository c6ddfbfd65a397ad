"""Interviews, their recordings and their guides, for tests: each step by the person who takes it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from nuserus.consent.enums import How, Step
from nuserus.fieldwork.actions.interviews import Written, plan_interview, write_guide
from nuserus.fieldwork.actions.recordings import Announced, begin_recording, finish_recording, take_piece
from nuserus.fieldwork.enums import InterviewKind, InterviewMode
from nuserus.fieldwork.models import GuideVersion, Interview, Recording
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.models import Participant, Study, StudyPlace
from tests.factories.consent import say
from tests.factories.fieldwork import make_participant
from tests.factories.voice import voice

RECORDED = "etude-enregistrer-la-voix"
THEMES: list[dict[str, Any]] = [
    {"title": "Le quotidien", "questions": ["Que faites-vous le matin ?", "Avec qui ?"]},
    {"title": "Les écrans", "questions": ["Lesquels utilisez-vous ?"]},
]


def let_record(participant: Participant, by: Account, step: Step = Step.GIVEN) -> None:
    """What a participant says aloud of being recorded, written down by `by`."""
    say(
        by,
        step,
        about=participant.pk,
        mission=participant.place_id,
        subject=participant.pk,
        slug=RECORDED,
        kind="studies.Participant",
        how=How.ORAL,
        witness="une aide-soignante",
    )


def make_listened(place: StudyPlace, by: Account, pseudonym: str = "Ronce") -> Participant:
    """Somebody who agrees to take part and to be recorded."""
    made = make_participant(place, by, pseudonym)
    let_record(made, by)
    return made


def make_interview(place: StudyPlace, by: Account, *people: Participant, **said: Any) -> Interview:
    """An interview with these people; a group when they are several."""
    kind = InterviewKind.GROUP if len(people) > 1 else InterviewKind.INDIVIDUAL
    given = {"kind": kind, "mode": InterviewMode.IN_PERSON, "held_on": date(2026, 11, 3), "where": "le salon", **said}
    with acting_as(by.pk) as asking:
        made = plan_interview(actor=asking, place=place, said=given, people=[one.pk for one in people])
    return get_interview(made)


def get_interview(interview: Interview) -> Interview:
    """The interview as it is now."""
    with as_system("read test data", recorded=False):
        return Interview.objects.select_related("place__institution", "study", "source").get(pk=interview.pk)


def make_guide(study: Study, by: Account, title: str = "Les usages du numérique") -> GuideVersion:
    """A guide of a study, written by who conducts it."""
    with acting_as(by.pk) as asking:
        return write_guide(actor=asking, study=study, guide=None, written=Written(title, THEMES))


def announce(content: bytes, piece: int = 1024 * 1024) -> Announced:
    """What a browser says of a file before it leaves."""
    return Announced(len(content), hashlib.sha256(content[:piece]).hexdigest())


def begin(interview: Interview, by: Account, content: bytes) -> Recording:
    """An upload that nothing was sent of."""
    with acting_as(by.pk) as asking:
        return begin_recording(actor=asking, interview=interview, announced=announce(content))


def make_field_recording(interview: Interview, by: Account, content: bytes | None = None) -> Recording:
    """A recording that arrived whole."""
    sound = voice() if content is None else content
    recording = begin(interview, by, sound)
    with acting_as(by.pk) as asking:
        digest = hashlib.sha256(sound).hexdigest()
        take_piece(actor=asking, recording=recording, offset=0, content=sound, sha256=digest)
        finish_recording(actor=asking, recording=recording, sha256=digest)
    return get_field_recording(recording)


def get_field_recording(recording: Recording) -> Recording:
    """The recording as it is now."""
    with as_system("read test data", recorded=False):
        return Recording.objects.select_related("interview").get(pk=recording.pk)
