"""Participants who withdraw, for tests."""

from __future__ import annotations

from uuid import UUID

from nuserus.consent.actions.withdrawing import withdraw_subject
from nuserus.consent.enums import How, Mode
from nuserus.consent.models import Withdrawal
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from nuserus.studies.enums import ParticipantRole
from nuserus.studies.models import Participant, StudyPlace
from nuserus.studies.queries.materials import scope_of_material

WITNESS = "une aide-soignante"


def make_person(place: StudyPlace, *, by: Account, pseudonym: str = "Nour") -> Participant:
    """A participant of a place, written down by `by`."""
    with as_system("test data"):
        row = Participant(
            study=place.study,
            place=place,
            pseudonym=pseudonym,
            role=ParticipantRole.ACCOMPANIED,
            **scope_of_material(place, author=by.pk),
        )
        row.save(force_insert=True)
        return row


def withdraw(by: Account, person: Participant, mode: Mode = Mode.ERASE, *, how: How = How.ORAL) -> Withdrawal:
    """The person takes everything back, `by` writes it down. Returns the withdrawal as it is then."""
    with acting_as(by.pk) as asking:
        made = withdraw_subject(
            actor=asking, subject=person.pk, mission=person.place_id, mode=mode, how=how, witness=WITNESS
        )
    return get_withdrawal(made)


def get_withdrawal(withdrawal_id: UUID) -> Withdrawal:
    """A withdrawal as it is now."""
    with as_system("read test data", recorded=False):
        return Withdrawal.objects.get(pk=withdrawal_id)
