"""Consents for tests: what somebody said about something, through the action."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from nuserus.consent.actions.record import Asked, Said, record_consent
from nuserus.consent.enums import How, NoticeFormat, Step, Voice
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.queries.notices import current_notice
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models import MissionHolder
from nuserus.foundation.models.base import new_id
from nuserus.people.models import Account

QUOTED = "etre-cite"
PUBLISHED = "publier-une-pratique"


def make_work(*named: Account) -> UUID:
    """Something restricted, with these people named on it. Returns its mission."""
    mission = new_id()
    with as_system("test data"):
        for account in named:
            MissionHolder.objects.create(mission_id=mission, holder_id=account.pk)
    return mission


def say(
    by: Account,
    step: Step,
    *,
    about: UUID,
    mission: UUID,
    subject: UUID | None = None,
    slug: str = PUBLISHED,
    kind: str = "tests.Thing",
    voice: Voice = Voice.PERSON,
    **how: Any,
) -> Consent:
    """`by` records a step about an object; about themselves unless another subject is given."""
    with acting_as(by.pk) as asking:
        said = Said(current_notice(slug, NoticeFormat.WRITTEN), **how)
        asked = Asked(subject or by.pk, kind, about, by.pk, mission, voice)
        return record_consent(actor=asking, step=step, asked=asked, said=said)


def say_aloud(by: Account, step: Step, **given: Any) -> Consent:
    """What somebody without an account said aloud, before a witness, written down by `by`."""
    return say(by, step, how=How.ORAL, witness="une aide-soignante", **given)


def events_of(consent: Consent) -> list[ConsentEvent]:
    """What was said, in order."""
    with as_system("read test data", recorded=False):
        return list(ConsentEvent.objects.filter(consent=consent.pk).order_by("position"))


def state_of(consent: Consent) -> str:
    """Where it stands in the database."""
    with as_system("read test data", recorded=False):
        return Consent.objects.get(pk=consent.pk).state
