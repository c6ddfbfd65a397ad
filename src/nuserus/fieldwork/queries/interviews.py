"""Interviews as the person who asks may know them, and who of them agrees to what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet

from nuserus.fieldwork.enums import Hearing, RecordingState
from nuserus.fieldwork.models import DraftTurn, Guide, GuideVersion, Interview, InterviewParticipant, Recording
from nuserus.fieldwork.rules import (
    can_read_draft_turn,
    can_read_guide,
    can_read_guide_version,
    can_read_interview,
    can_read_recording,
)
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import KeptThen, Material
from nuserus.studies.models import Participant, Study, StudyPlace
from nuserus.studies.queries.materials import day_counted_from, kept_until, rule_for_material
from nuserus.studies.rules import can_read_participant


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody of an interview, and whether everybody who was asked about them agrees today."""

    participant: Participant
    takes_part: bool
    recorded: bool


@dataclass(frozen=True, slots=True)
class Keeping:
    """How long the recordings of an interview are kept, as far as the study says."""

    told: bool
    months: int = 0
    until: date | None = None
    then: str = ""

    @property
    def erases(self) -> bool:
        """A voice can't be made anonymous: both ways it goes. What is archived stays until somebody takes it over."""
        return self.then in {KeptThen.ERASE, KeptThen.ANONYMISE}


def interviews_of(asking: Asking, study: Study) -> QuerySet[Interview]:
    """The interviews of a study, last first, with how many people and recordings each has."""
    rows = Interview.objects.filter(study=study).select_related("place__institution", "guide__guide")
    rows = rows.annotate(
        people=Count("participations", distinct=True),
        sounds=Count("recordings", filter=Q(recordings__state=RecordingState.STORED), distinct=True),
    )
    rows = rows.filter(_shown(asking, "place"))
    return can_read_interview.filter(rows, asking).order_by("-held_on", "-planned_at", "id")


def _shown(asking: Asking, place: str) -> Q:
    """What is put aside is read by those named for the place, not by who collected it and left."""
    return Q(withheld_at=None) | Q(**{f"{place}__in": asking.missions})


def readable_interview(asking: Asking, interview_id: UUID) -> Interview:
    """An interview. Raises Unreadable."""
    rows = Interview.objects.select_related("study", "place__institution", "guide__guide", "source")
    found = rows.filter(_shown(asking, "place"), pk=interview_id).first()
    if found is None:
        raise Unreadable
    can_read_interview.require(asking, found)
    return found


def agreements_of(interview: Interview) -> list[Agreement]:
    """Everybody of an interview, and whether they agree to take part and to be recorded; the database answers."""
    rows = InterviewParticipant.objects.filter(interview=interview).select_related("participant")
    people = [row.participant for row in rows]
    return agreements(people, interview.place_id)


def agreements(people: list[Participant], place: UUID) -> list[Agreement]:
    """The same for any participants of a place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT one, nuserus_consent_holds(one, 'take_part', %s), nuserus_consent_holds(one, 'record_audio', %s)"
            " FROM unnest(%s::uuid[]) one",
            [place, place, [person.pk for person in people]],
        )
        said = {row[0]: (bool(row[1]), bool(row[2])) for row in cursor.fetchall()}
    return [Agreement(person, *said[person.pk]) for person in people]


def may_be_heard(interview: Interview) -> bool:
    """Whether nobody of an interview took their voice back, those whom the person may not read included."""
    rows = InterviewParticipant.objects.filter(interview=interview).order_by()  # by pseudonym, those hidden would lack
    people = list(rows.values_list("participant_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(bool_and(nuserus_consent_holds(one, 'record_audio', %s)), true)"
            " FROM unnest(%s::uuid[]) one",
            [interview.place_id, people],
        )
        (holds,) = cursor.fetchone()
    return bool(holds)


def people_of_place(asking: Asking, place: StudyPlace) -> QuerySet[Participant]:
    """Who takes part in the study in this place today."""
    return can_read_participant.filter(Participant.objects.filter(place=place, left_at=None), asking)


def recordings_of(asking: Asking, interview: Interview) -> list[Recording]:
    """Its recordings, the oldest first, ended ones too: their rows say when the sound went."""
    rows = Recording.objects.filter(_shown(asking, "interview__place"), interview=interview)
    return list(can_read_recording.filter(rows, asking))


def readable_recording(asking: Asking, recording_id: UUID) -> Recording:
    """A recording. Raises Unreadable."""
    rows = Recording.objects.select_related("interview__place__institution", "interview__study")
    found = rows.filter(_shown(asking, "interview__place"), pk=recording_id).first()
    if found is None:
        raise Unreadable
    can_read_recording.require(asking, found)
    return found


def turns_of_interview(asking: Asking, interview: Interview) -> list[DraftTurn]:
    """What is typed so far, in order."""
    rows = DraftTurn.objects.filter(_shown(asking, "interview__place"), interview=interview)
    return list(can_read_draft_turn.filter(rows.select_related("participant").order_by("position"), asking))


def count_turns(asking: Asking, interview: Interview) -> int:
    """How many turns are typed so far."""
    return can_read_draft_turn.filter(DraftTurn.objects.filter(interview=interview), asking).count()


def is_being_heard(recordings: list[Recording]) -> bool:
    """Whether the machine writes one of them now, or soon."""
    return any(one.hearing in {Hearing.WAITING, Hearing.RUNNING} for one in recordings)


def keeping_of(interview: Interview) -> Keeping:
    """What the study says of its recordings."""
    rule = rule_for_material(interview.study_id, Material.RECORDINGS)
    if rule is None:
        return Keeping(told=False)
    day = day_counted_from(rule, collected_on=interview.held_on, published_on=None)
    return Keeping(told=True, months=rule.months, until=kept_until(rule, day), then=rule.then)


def guides_of(asking: Asking, study: Study) -> list[Guide]:
    """The guides of a study with their versions, the last first."""
    versions = can_read_guide_version.filter(GuideVersion.objects.order_by("-number"), asking)
    rows = Guide.objects.filter(study=study).prefetch_related(Prefetch("versions", queryset=versions))
    return list(can_read_guide.filter(rows, asking))


def readable_guide(asking: Asking, guide_id: UUID) -> Guide:
    """A guide. Raises Unreadable."""
    found = Guide.objects.select_related("study").filter(pk=guide_id).first()
    if found is None:
        raise Unreadable
    can_read_guide.require(asking, found)
    return found


def versions_of_guide(asking: Asking, guide: Guide) -> list[GuideVersion]:
    """Its versions, the last first, with how many interviews were held with each."""
    rows = GuideVersion.objects.filter(guide=guide).annotate(used=Count("interviews")).order_by("-number")
    return list(can_read_guide_version.filter(rows, asking))


def places_of_interviews(asking: Asking, study: Study) -> list[StudyPlace]:
    """The places of a study where the person may listen to people."""
    rows = StudyPlace.objects.filter(study=study, pk__in=asking.missions).select_related("institution")
    return list(rows)
