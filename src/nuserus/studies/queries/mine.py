"""What a person takes part in."""

from __future__ import annotations

from dataclasses import dataclass

from nuserus.foundation.asking import Asking
from nuserus.studies.enums import StudyStatus, Timing
from nuserus.studies.models import Certificate, Participation, SelfEvaluation, Study, TrainingSession
from nuserus.studies.queries.circles import own_seats
from nuserus.studies.queries.studies import studies_of
from nuserus.studies.queries.training import followed_by


@dataclass(frozen=True, slots=True)
class OwnStudy:
    """A study, the person's seats in it, their hours and certificates, and which self-evaluation waits ("" none)."""

    study: Study
    seats: list[Participation]
    minutes: int
    certificates: list[Certificate]
    to_fill: str


def own_studies(asking: Asking) -> list[OwnStudy]:
    """The studies of the person, last opened first."""
    seats = list(own_seats(asking))
    studies = list(studies_of(asking))
    filled = set(SelfEvaluation.objects.filter(account=asking.user_id).order_by().values_list("study_id", "timing"))
    training = set(TrainingSession.objects.order_by().values_list("study_id", flat=True))
    certificates = list(Certificate.objects.filter(seat__account=asking.user_id).order_by("-issued_at"))
    shown = []
    for study in studies:
        own = [seat for seat in seats if seat.study_id == study.pk]
        minutes = sum(followed_by(seat).minutes for seat in own)
        to_fill = ""
        if study.pk in training and study.status != StudyStatus.PREPARING:
            if not minutes and (study.pk, Timing.BEFORE) not in filled:
                to_fill = "avant"
            elif minutes and (study.pk, Timing.AFTER) not in filled:
                to_fill = "apres"
        own_certificates = [one for one in certificates if one.study_id == study.pk]
        shown.append(OwnStudy(study, own, minutes, own_certificates, to_fill))
    return shown
