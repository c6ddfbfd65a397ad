"""Invented people who take part in the invented study, and what each said of it, step by step."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from nuserus.consent.actions.cards import digest_of
from nuserus.consent.enums import How, NoticeFormat, Purpose, Step, Voice
from nuserus.consent.models import ConsentCard, ConsentEvent
from nuserus.consent.queries.notices import current_notice
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.models.base import new_id
from nuserus.people.models import Account
from nuserus.portal.demonstration.sources import DEMONSTRATION_CARD, Entry, participants
from nuserus.studies.actions.participants import add_participant
from nuserus.studies.enums import Protection
from nuserus.studies.models import Participant, Study, StudyPlace
from nuserus.studies.queries.notices import NOTICES
from nuserus.studies.queries.participants import MATTER

Known = dict[str, Participant]


def load_participants(study: Study, places: dict[str, StudyPlace], today: date, people: dict[str, Account]) -> Known:
    """Everybody by pseudonym, with what they said: written in two transactions, taken up where they were cut."""
    known = _known(study)
    for told in participants()["participants"]:
        if told["pseudonym"] not in known:
            with acting_as(people[told["by"]].pk) as asking:
                words = {"pseudonym": told["pseudonym"], "role": told["role"]}
                words["protection"] = told.get("protection", Protection.NONE)
                row = add_participant(actor=asking, place=places[told["place"]], words=words)
                known[row.pseudonym] = row
    with as_system("load the demonstration", recorded=False):
        for told in participants()["participants"]:
            row = known[told["pseudonym"]]
            if not ConsentEvent.objects.filter(subject=row.pk).exists():
                _agree(row, told, today)
    return known


def date_back(study: Study, today: date) -> None:
    """They were written down before they said anything."""
    with as_system("load the demonstration", recorded=False):
        for told in participants()["participants"]:
            first = min(step["day"] for one in told["consents"] for step in one["steps"])
            Participant.objects.filter(study=study, pseudonym=told["pseudonym"]).update(added_at=at(today, first))


def at(today: date, days: int, hour: int = 10) -> datetime:
    """An hour of the day that many days from `today`."""
    return timezone.make_aware(datetime.combine(today + timedelta(days=days), time(hour)))


def _known(study: Study) -> Known:
    with as_system("load the demonstration", recorded=False):
        return {row.pseudonym: row for row in Participant.objects.filter(study=study).select_related("place")}


def _agree(row: Participant, told: Entry, today: date) -> None:
    """Events with the day on which they were said: an action would say that it was today."""
    for one in told["consents"]:
        consent = new_id()
        for step in one["steps"]:
            _event(row, consent, one, step, today).save(force_insert=True)
    if told.get("card"):
        ConsentCard(
            subject=row.pk,
            digest=digest_of(DEMONSTRATION_CARD),
            scope_level=Level.RESTRICTED,
            scope_author=row.scope_author,
            scope_mission=row.place_id,
        ).save(force_insert=True)


def _event(row: Participant, consent: UUID, told: Entry, step: Entry, today: date) -> ConsentEvent:
    how = How(step["how"]) if "how" in step else ""
    by_itself = step["kind"] == Step.EXPIRED or how == How.CARD
    moment = at(today, step["day"])
    return ConsentEvent(
        consent=consent,
        kind=Step(step["kind"]),
        subject=row.pk,
        purpose=Purpose(told["purpose"]),
        object_kind=MATTER,
        object_id=row.pk,
        voice=Voice(told.get("voice", Voice.PERSON)),
        how=how,
        witness=step.get("witness", ""),
        notice_version=current_notice(NOTICES[Purpose(told["purpose"])], NoticeFormat(step.get("form", "written"))),
        expires_at=at(today, step["until"]) if "until" in step else None,
        recorded_by=None if by_itself else row.scope_author,
        at=moment,
        said_on=timezone.localdate(moment) if how == How.PAPER else None,
        scope_author=row.scope_author,
        scope_mission=row.place_id,
    )
