"""Studies for tests, each step by the person who takes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.actions.inviting import answer_invitation, answer_place, invite_place, name_seat
from nuserus.studies.actions.opening import describe_study, keep_rules, lay_out_study, open_study, proposed_rules
from nuserus.studies.actions.scheduling import add_event
from nuserus.studies.enums import EventKind, GroupKind, Part
from nuserus.studies.models import CalendarEvent, Participation, Study, StudyGroup, StudyPlace
from nuserus.studies.queries.circles import own_invitations, place_invitations
from nuserus.studies.queries.studies import readable_study
from tests.factories.directory import make_institution
from tests.factories.people import make_account


def make_lead(name: str = "Solène") -> Account:
    """Somebody who may open studies."""
    return make_account(Role.STUDY_LEAD, name=name)


def make_study(lead: Account | None = None, *, title: str = "Le numérique chez nous", laid_out: bool = True) -> Study:
    """A study with its purpose and rules, and the steps of the default template."""
    lead = lead or make_lead()
    with acting_as(lead.pk) as asking:
        leads, study_id = open_study(actor=asking, title=title)
        study = readable_study(leads, study_id)
        describe_study(actor=leads, study=study, words={"purpose": "Comprendre à quoi servent les tablettes."})
        keep_rules(actor=leads, study=study, rules=proposed_rules())
        if laid_out:
            lay_out_study(actor=leads, study=study, template="two-phases")
    return get_study(study_id)


def get_study(study_id: UUID) -> Study:
    """The study as it is now."""
    with as_system("read test data", recorded=False):
        return Study.objects.get(pk=study_id)


def lead_of(study: Study) -> Account:
    """Who leads it."""
    with as_system("read test data", recorded=False):
        seat = Participation.objects.select_related("account").get(study=study, part=Part.LEAD)
        if seat.account is None:
            raise LookupError("a study has a lead")
        return seat.account


def make_study_place(
    study: Study, institution: Institution | None = None, *, referent: Account | None = None
) -> StudyPlace:
    """An institution of the study; with its referent, who says yes."""
    institution = institution or make_institution()
    with acting_as(lead_of(study).pk) as asking:
        place = invite_place(actor=asking, study=study, institution=institution, is_partner=True, is_observed=True)
    if referent is not None:
        with acting_as(referent.pk) as asking:
            answer_place(actor=asking, invitation=place_invitations()[0], yes=True)
    with as_system("read test data", recorded=False):
        return StudyPlace.objects.select_related("study", "institution", "circle").get(pk=place.pk)


def circle_of(study: Study, kind: GroupKind, place: StudyPlace | None = None) -> StudyGroup:
    """The team, the committee, or the working group of a place."""
    with as_system("read test data", recorded=False):
        return StudyGroup.objects.select_related("study").get(study=study, kind=kind, place=place)


def seat_in(circle: StudyGroup, account: Account, part: Part, trade: str = "ergothérapeute") -> Participation:
    """A seat that the account has taken."""
    with acting_as(lead_of(circle.study).pk) as asking:
        seat, _secret = name_seat(actor=asking, circle=circle, part=part, trade=trade, email=account.email)
    with acting_as(account.pk) as asking:
        invitation = next(one for one in own_invitations() if one.seat == seat.pk)
        answer_invitation(actor=asking, invitation=invitation, yes=True)
    with as_system("read test data", recorded=False):
        return Participation.objects.get(pk=seat.pk)


def let_only_facilitate(account: Account, study: Study) -> None:
    """They are in the team still, and hold the materials of no place any more."""
    with as_system("test data"):
        Participation.objects.filter(account=account, study=study).update(part=Part.FACILITATOR)


def make_event(study: Study, **words: Any) -> CalendarEvent:
    """A date of the study, tomorrow unless said otherwise."""
    starts: datetime = words.pop("starts_at", timezone.now() + timedelta(days=1))
    given = {"kind": EventKind.VISIT, "title": "Première visite", "starts_at": starts, **words}
    given.setdefault("ends_at", starts + timedelta(hours=3))
    with acting_as(lead_of(study).pk) as asking:
        return add_event(actor=asking, study=study, words=given)
