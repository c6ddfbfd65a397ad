"""What counts is the answer of the very person, and nobody makes others receive mail without end."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from nuserus.consent.enums import Step
from nuserus.facilitation.actions.meeting import cancel_booking
from nuserus.facilitation.models import PersonWords
from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.models import Notice
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from tests.factories.consent import QUOTED, say
from tests.factories.directory import make_institution
from tests.factories.facilitation import make_booking, make_facilitator, make_slot, make_together, make_words, quarter
from tests.factories.people import make_account
from tests.factories.practices import make_published
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_the_agreement_of_who_writes_is_not_that_of_who_tells() -> None:
    teller, facilitator = make_member(make_institution()), make_facilitator()
    telling = make_together(teller, facilitator)
    sheet = telling.sheet_id
    say(facilitator, Step.GIVEN, about=sheet, mission=sheet, kind="practices.Sheet")
    with acting_as(teller.pk), pytest.raises(DatabaseError, match="has not agreed"), transaction.atomic():
        Sheet.objects.filter(pk=sheet).update(status=SheetStatus.IN_REVIEW)


def test_the_agreement_of_who_writes_shows_no_words_of_somebody_else() -> None:
    make_account(Role.REVIEWER)
    sheet = make_published(make_member(make_institution()))
    words = make_words(sheet, sheet.author)
    say(sheet.author, Step.GIVEN, about=words.pk, mission=sheet.pk, slug=QUOTED, kind="facilitation.PersonWords")
    with acting_as(None):
        assert not PersonWords.objects.exists()


def test_asking_and_cancelling_again_and_again_ends_in_a_refusal(client_as: ClientAs) -> None:
    facilitator = make_facilitator()
    client = client_as(make_account(name="Nadia"))
    for _time in range(12):
        client.post(reverse("facilitation:ask_call"), {"when": "demain", "how": "au standard"})
        with as_system("read test data", recorded=False):
            from nuserus.facilitation.models import CallRequest

            last = CallRequest.objects.order_by("-asked_at").first()
        assert last is not None
        client.post(reverse("facilitation:cancel_call", args=[last.pk]))
    with acting_as(facilitator.pk):
        assert Notice.objects.filter(kind="facilitation.asked").count() <= 5


def test_booking_and_cancelling_again_and_again_ends_in_a_refusal() -> None:
    facilitator, teller = make_facilitator(), make_account()
    slot = make_slot(facilitator, starts_at=quarter())
    with pytest.raises(ValidationError, match="demain"):
        for _time in range(12):
            booking = make_booking(teller, slot)
            with acting_as(teller.pk) as asking:
                cancel_booking(actor=asking, booking=booking)
    with acting_as(facilitator.pk):
        assert Notice.objects.filter(kind="facilitation.booked").count() <= 10
