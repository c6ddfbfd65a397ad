"""What was seen in the invented study: visits, and observations from fiches of the grid or typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from nuserus.fieldwork.actions.observing import Written, begin_observation, finish_observation
from nuserus.fieldwork.actions.taking_up import take_up
from nuserus.fieldwork.actions.visits import finish_visit, plan_visit
from nuserus.fieldwork.models import Observation, Visit
from nuserus.fieldwork.queries.fiches import fiche_to_take
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.models import InstrumentVersion, Submission
from nuserus.people.models import Account
from nuserus.portal.demonstration.grid import hour_of, send_fiche
from nuserus.portal.demonstration.participants import Known
from nuserus.portal.demonstration.sources import Entry, field, observations
from nuserus.studies.enums import EventKind
from nuserus.studies.models import CalendarEvent, Study, StudyPlace

Visits = dict[tuple[str, int], Visit]
_PLANNED_BEFORE = timedelta(days=30)


class Dated(NamedTuple):
    """An observation, the fiche that it comes from, and when it was finished."""

    observation: UUID
    fiche: UUID | None
    moment: datetime


def load_visits(study: Study, places: dict[str, StudyPlace], people: dict[str, Account], lead: UUID) -> Visits:
    """A visit for each day of the calendar of the study, by place and rank; those that are past were made."""
    made: Visits = {}
    now = timezone.now()
    with acting_as(lead) as asking:
        for slug, told in field()["visits"].items():
            days = CalendarEvent.objects.filter(study=study, at_place=places[slug], kind=EventKind.VISIT)
            for rank, (event, one) in enumerate(zip(days.order_by("starts_at"), told, strict=True), 1):
                words = {
                    "starts_at": event.starts_at,
                    "ends_at": event.ends_at,
                    "where": one["where"],
                    "aim": one["aim"],
                    "event": event,
                    "visitors": [people[name] for name in one["team"]],
                }
                visit = plan_visit(actor=asking, place=places[slug], words=words)
                if event.starts_at < now:
                    finish_visit(actor=asking, visit=visit)
                made[slug, rank] = visit
    return made


def load_observations(
    visits: Visits, versions: dict[int, InstrumentVersion], known: Known, people: dict[str, Account]
) -> list[Dated]:
    """Each observation by who made it, finished the same day. Gives when that was."""
    made = []
    for told in observations():
        place = told["place"]
        for rank, one in enumerate(told["observations"], 1):
            visit = visits[place, one["visit"]]
            moment = hour_of(one["moment"], timezone.localdate(visit.starts_at)) + timedelta(minutes=rank * 3)
            if one.get("typed"):
                row = _type(people[one["by"]].pk, visit, one, known)
                fiche = None
            else:
                version = versions[told.get("grid", 1)]
                fiche = send_fiche(people[one["by"]].pk, version, one, day=moment, name=f"{place}-{rank}")
                row = _take_up(people[one["by"]].pk, fiche, visit, one, known)
            made.append(Dated(row.pk, fiche, moment + timedelta(hours=2)))
    return made


def _type(by: UUID, visit: Visit, told: Entry, known: Known) -> Observation:
    with acting_as(by) as asking:
        row = begin_observation(actor=asking, visit=visit)
        written = _written(told, known, row)
        written.where = told["quel"]
        written.fact = f"{told['fait']}\n\n{told['reel']}"
        written.interpretation = told["interpretation"]
        finish_observation(actor=asking, observation=row, written=written)
        return row


def _take_up(by: UUID, fiche: UUID, visit: Visit, told: Entry, known: Known) -> Observation:
    with acting_as(by) as asking:
        row = take_up(actor=asking, fiche=fiche_to_take(asking, fiche), visit=visit)
        written = _written(told, known, row)
        written.where, written.fact, written.interpretation = row.where, row.fact, row.interpretation
        finish_observation(actor=asking, observation=row, written=written)
        return row


def _written(told: Entry, known: Known, row: Observation) -> Written:
    """The very words with who said them: a fiche does not say it."""
    speaking = {said["by"]: str(known[said["by"]].pk) for said in told["said"] if said["by"]}
    sayings = {rank: (said["text"], speaking.get(said["by"], "")) for rank, said in enumerate(told["said"], 1)}
    return Written(day=row.day, present=sorted(speaking.values()), sayings=sayings)


def date_back(study: Study, made: list[Dated]) -> None:
    """Observations are of their day, and visits were planned beforehand."""
    with as_system("load the demonstration", recorded=False):
        for one in made:
            when = one.moment
            Observation.objects.filter(pk=one.observation).update(begun_at=when, saved_at=when, done_at=when)
            if one.fiche is not None:
                Submission.objects.filter(pk=one.fiche).update(received_at=when)
        for visit in Visit.objects.filter(study=study):
            planned = min(visit.starts_at - _PLANNED_BEFORE, timezone.now())
            Visit.objects.filter(pk=visit.pk).update(planned_at=planned)
