"""The field work of the invented study, through the actions of each app, as those who did it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from nuserus.consent.actions.withdrawing import withdraw_subject
from nuserus.consent.enums import How, Mode
from nuserus.consent.models import Withdrawal
from nuserus.fieldwork.actions.giving_back import SaidOf, write_restitution
from nuserus.fieldwork.actions.journal import write_entry
from nuserus.fieldwork.enums import Stance
from nuserus.fieldwork.models import Visit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.portal.demonstration import participants as taking_part
from nuserus.portal.demonstration import seen
from nuserus.portal.demonstration.grid import date_back, load_grid
from nuserus.portal.demonstration.listened import load_guides, load_interviews
from nuserus.portal.demonstration.participants import Known, load_participants
from nuserus.portal.demonstration.seen import Visits, load_observations, load_visits
from nuserus.portal.demonstration.sources import accounts, field, participants, studies
from nuserus.studies.enums import EventKind
from nuserus.studies.models import CalendarEvent, Participant, Study, StudyPlace

_LEAD = "helene-v"


def load_field_work() -> None:
    """Everything at once, then the withdrawal, which is a transaction of the system: each of the two once."""
    with as_system("load the demonstration", recorded=False):
        study = Study.objects.filter(is_fictitious=True).first()
        begun = Visit.objects.exists()
        people = _people()
    if study is None or study.starts_on is None:
        return
    today = study.starts_on - timedelta(days=studies()["study"]["started"])
    if not begun:
        _load(study, today, people)
    _withdraw(study, people)


def _people() -> dict[str, Account]:
    by_address = {row.email: row for row in Account.objects.all()}
    return {entry["slug"]: by_address[entry["email"]] for entry in accounts() if entry["email"] in by_address}


def _load(study: Study, today: date, people: dict[str, Account]) -> None:
    lead = people[_LEAD].pk
    with acting_as(lead):
        rows = StudyPlace.objects.filter(study=study).select_related("institution", "study")
        places = {row.institution.slug: row for row in rows}
    known = load_participants(study, places, today, people)
    with transaction.atomic():
        versions = load_grid(study, people)
        visits = load_visits(study, places, people, lead)
        made = load_observations(visits, versions, known, people)
        load_interviews(visits, load_guides(study, people), known, people)
        _load_journal(visits, people)
        _load_restitutions(study, places, people)
    taking_part.date_back(study, today)
    seen.date_back(study, made)
    date_back(versions, today)


def _load_journal(visits: Visits, people: dict[str, Account]) -> None:
    for told in field()["journal"]:
        visit = visits[told["place"], told["visit"]]
        with acting_as(people[told["by"]].pk) as asking:
            words = {
                "day": timezone.localdate(visit.starts_at),
                "text": told["text"],
                "tags": ", ".join(told["tags"]),
                "visit": visit,
                "people": [],
            }
            write_entry(actor=asking, words=words)


def _load_restitutions(study: Study, places: dict[str, StudyPlace], people: dict[str, Account]) -> None:
    for told in field()["restitutions"]:
        place = places[told["place"]]
        with acting_as(people[told["by"]].pk) as asking:
            event = CalendarEvent.objects.filter(study=study, at_place=place, kind=EventKind.RESTITUTION).first()
            if event is None:
                raise LookupError(f"the calendar has no restitution in {place}")
            words = {
                "held_on": timezone.localdate(event.starts_at),
                "trades": "\n".join(told["trades"]),
                "notes": told["notes"],
                "event": event,
            }
            themes = [SaidOf(one["title"], Stance(one["stance"]), one["said"]) for one in told["themes"]]
            write_restitution(actor=asking, place=place, words=words, themes=themes)


def _withdraw(study: Study, people: dict[str, Account]) -> None:
    """Somebody asked that everything be erased: as anybody would, and done at once."""
    with as_system("load the demonstration", recorded=False):
        if Withdrawal.objects.exists():
            return
        known: Known = {row.pseudonym: row for row in Participant.objects.filter(study=study)}
    for told in participants()["withdrawn"]:
        row = known.get(told["pseudonym"])
        if row is None:
            continue
        with acting_as(people[told["by"]].pk) as asking:
            withdraw_subject(
                actor=asking,
                subject=row.pk,
                mission=row.place_id,
                mode=Mode(told["mode"]),
                how=How(told["how"]),
                witness=told["witness"],
            )
