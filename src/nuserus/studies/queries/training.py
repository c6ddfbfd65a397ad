"""Sessions, hours and self-evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import Half, SeatState, Timing
from nuserus.studies.models import (
    Attendance,
    Certificate,
    Participation,
    SelfEvaluation,
    Study,
    TrainingAgreement,
    TrainingSession,
)
from nuserus.studies.queries.templates import self_evaluation_items
from nuserus.studies.registry import FEWEST
from nuserus.studies.rules import (
    can_read_agreement,
    can_read_attendance,
    can_read_certificate,
    can_read_seat,
    can_read_self_evaluation,
    can_read_session,
)


@dataclass(frozen=True, slots=True)
class Followed:
    """What somebody followed: minutes, and from when to when."""

    minutes: int
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class SelfLine:
    """A line of the self-evaluation: means before and after, from 1 to 4, where enough people answered."""

    text: str
    before: float | None
    after: float | None


def agreement_of(asking: Asking, study: Study) -> TrainingAgreement | None:
    """The agreement of a study, if there is one."""
    return can_read_agreement.filter(TrainingAgreement.objects.filter(study=study), asking).first()


def sessions_of(asking: Asking, study: Study) -> QuerySet[TrainingSession]:
    """The sessions that the person may read, in order of day."""
    rows = TrainingSession.objects.filter(study=study).select_related("group__place__institution", "study")
    return can_read_session.filter(rows, asking).order_by("held_on", "pk")


def readable_session(asking: Asking, session_id: UUID) -> TrainingSession:
    """A session. Raises Unreadable."""
    found = TrainingSession.objects.select_related("study", "group__place__institution").filter(pk=session_id).first()
    if found is None:
        raise Unreadable
    can_read_session.require(asking, found)
    return found


def trainees_of(asking: Asking, session: TrainingSession) -> QuerySet[Participation]:
    """Who a session is for: the seats of its circle, else every seat of the study; people and open seats."""
    rows = Participation.objects.filter(study=session.study_id, state__in=(SeatState.ACCEPTED, SeatState.OPEN))
    if session.group_id:
        rows = rows.filter(group=session.group_id)
    return (
        can_read_seat.filter(rows, asking)
        .select_related("account", "group__place__institution")
        .order_by("group_id", "invited_at", "pk")
    )


def attendance_at(asking: Asking, session: TrainingSession) -> set[tuple[UUID, str]]:
    """(seat, half-day) pairs noted for a session."""
    rows = can_read_attendance.filter(Attendance.objects.filter(session=session), asking)
    return set(rows.order_by().values_list("seat_id", "half"))


def followed_by(seat: Participation) -> Followed:
    """What is noted for a seat, as far as the person who asks may read."""
    rows = Attendance.objects.filter(seat=seat).select_related("session")
    days = [row.session.held_on for row in rows]
    minutes = sum(row.session.morning if row.half == Half.MORNING else row.session.afternoon for row in rows)
    return Followed(minutes, min(days, default=None), max(days, default=None))


def certificates_of(asking: Asking, study: Study) -> QuerySet[Certificate]:
    """Certificates of the person, and all of them for who conducts the study."""
    rows = can_read_certificate.filter(Certificate.objects.filter(study=study), asking)
    return rows.select_related("seat__account", "study").order_by("-issued_at", "pk")


def readable_certificate(asking: Asking, certificate_id: UUID) -> Certificate:
    """A certificate. Raises Unreadable."""
    rows = Certificate.objects.select_related("study", "seat__group__place__institution")
    found = rows.filter(pk=certificate_id).first()
    if found is None:
        raise Unreadable
    can_read_certificate.require(asking, found)
    return found


def own_self_evaluation(asking: Asking, study: Study, timing: Timing) -> SelfEvaluation | None:
    """What the person answered then, if they did."""
    rows = SelfEvaluation.objects.filter(study=study, account=asking.user_id, timing=timing)
    return can_read_self_evaluation.filter(rows, asking).first()


def self_means(study: Study) -> list[SelfLine]:
    """Means of the answers, for who conducts the study; nothing of fewer than five people."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_self_counts(%s, %s)", [study.pk, FEWEST])
        means = {(timing, item): total / people for timing, item, people, total in cursor.fetchall()}
    if not means:
        return []
    return [
        SelfLine(text, means.get((Timing.BEFORE.value, key)), means.get((Timing.AFTER.value, key)))
        for key, text in self_evaluation_items().items()
    ]
