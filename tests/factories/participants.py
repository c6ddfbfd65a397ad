"""Participants of a study for tests, and what they said, each step by somebody on the mission of the place."""

from __future__ import annotations

from datetime import date
from typing import Any

from nuserus.consent.actions.record import Mark
from nuserus.consent.enums import How, NoticeFormat, Purpose, Voice
from nuserus.consent.models import Consent
from nuserus.consent.queries.consents import consent_holds
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.actions.participants import NO, YES, Sitting, add_participant, record_answers
from nuserus.studies.enums import GroupKind, Part, ParticipantRole, Protection
from nuserus.studies.models import Participant, Study, StudyPlace
from nuserus.studies.queries.participants import readable_participant
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, seat_in

CROSS = "M10 10L90 90M90 10L10 90"


def make_researcher(study: Study, name: str = "Hélène") -> Account:
    """Somebody of the team who collects in the places of the study."""
    account = make_account(Role.STUDY_RESEARCHER, name=name)
    seat_in(circle_of(study, GroupKind.TEAM), account, Part.RESEARCHER)
    return account


def make_participant(place: StudyPlace, *, by: Account | None = None, **words: Any) -> Participant:
    """Somebody of the place, written down by its lead unless said otherwise."""
    by = by or lead_of(place.study)
    given = {
        "pseudonym": "Mésange",
        "role": ParticipantRole.ACCOMPANIED,
        "protection": Protection.NONE,
        "language": "fr",
        **words,
    }
    with acting_as(by.pk) as asking:
        added = add_participant(actor=asking, place=place, words=given)
        return readable_participant(asking, added.pk)


def answer(
    participant: Participant,
    *purposes: Purpose,
    by: Account | None = None,
    yes: bool = True,
    voice: Voice = Voice.PERSON,
    **how: Any,
) -> list[Consent]:
    """What they answered, on paper today unless said otherwise."""
    by = by or lead_of(participant.study)
    given: dict[str, Any] = {"how": How.PAPER, "said_on": date(2026, 1, 5), **how}
    if given["how"] == How.ON_SCREEN:
        given.setdefault("mark", Mark(CROSS))
    sitting = Sitting(voice=voice, form=given.pop("form", NoticeFormat.WRITTEN), language="fr", **given)
    with acting_as(by.pk) as asking:
        known = readable_participant(asking, participant.pk)
        said = dict.fromkeys(purposes or (Purpose.TAKE_PART,), YES if yes else NO)
        return record_answers(actor=asking, participant=known, sitting=sitting, answers=said)


def agrees(participant: Participant, purpose: Purpose = Purpose.TAKE_PART) -> bool:
    """Whether the database says that their consent holds."""
    with as_system("read test data", recorded=False):
        return consent_holds(participant.pk, purpose, mission=participant.place_id)
