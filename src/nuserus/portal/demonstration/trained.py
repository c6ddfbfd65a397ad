"""The training leg of the invented study: sessions, who was there, one certificate."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import Entry, studies
from nuserus.portal.demonstration.studies import day_from, working_day
from nuserus.studies.enums import Half
from nuserus.studies.models import (
    Attendance,
    Certificate,
    Participation,
    Study,
    StudyGroup,
    TrainingAgreement,
    TrainingSession,
)
from nuserus.studies.queries.training import followed_by


def load_training(study: Study, people: dict[str, Account]) -> None:
    """Agreement, sessions with their signed sheets, and a certificate of what is noted."""
    told: Entry = studies()["training"]
    said = dict(told["agreement"])
    agreement = TrainingAgreement.objects.create(study=study, signed_on=day_from(said.pop("signed")), **said)
    circles = {group.place.institution.slug: group for group in _working_groups(study) if group.place}
    for one in told["sessions"]:
        circle = circles[one["institution"]]
        session = TrainingSession.objects.create(
            study=study,
            group=circle,
            title=one["title"],
            held_on=working_day(one["day"]),
            where=str(circle.place),
            trainers="Malik G.",
            morning=one["morning"],
            afternoon=one["afternoon"],
        )
        for slug in one["there"]:
            seat = Participation.objects.get(group=circle, account=people[slug])
            for half in Half:
                Attendance.objects.create(study=study, session=session, seat=seat, half=half)
    certified = told["certificate"]
    seat = Participation.objects.get(study=study, account=people[certified["account"]])
    followed = followed_by(seat)
    if followed.first_on is None or followed.last_on is None:
        raise LookupError("nobody is certified who was never there")
    Certificate.objects.create(
        study=study,
        seat=seat,
        name=certified["name"],
        minutes=followed.minutes,
        planned=int(agreement.hours * 60),
        first_on=followed.first_on,
        last_on=followed.last_on,
        issued_at=timezone.now() - timedelta(days=5),
    )


def _working_groups(study: Study) -> list[StudyGroup]:
    return list(StudyGroup.objects.filter(study=study, place__isnull=False).select_related("place__institution"))
