"""Slots, bookings and tellings for tests, each step by the person who takes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from nuserus.consent.enums import How
from nuserus.facilitation.actions.approving import answer_publication, approve_card
from nuserus.facilitation.actions.meeting import ask_call, book_slot, offer_slot
from nuserus.facilitation.actions.saying import answer_quotation, put_words
from nuserus.facilitation.actions.telling import join_telling, show_code, start_telling, start_without_account
from nuserus.facilitation.enums import SLOT, Speaker, Teller
from nuserus.facilitation.models import Booking, CallRequest, PersonWords, Slot, Telling
from nuserus.facilitation.queries.cards import cards_to_read
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.models import Sheet
from tests.factories.people import make_account
from tests.factories.practices import TOLD, answer

_quarters = count(1)


def make_facilitator(name: str = "Karim") -> Account:
    """Somebody who writes for others."""
    return make_account(Role.FACILITATOR, name=name)


def quarter(ahead: int | None = None) -> datetime:
    """A quarter of an hour to come; another one each time."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=1)
    return now + SLOT * (next(_quarters) if ahead is None else ahead)


def make_slot(facilitator: Account | None = None, **given: Any) -> Slot:
    """A slot on offer."""
    facilitator = facilitator or make_facilitator()
    with acting_as(facilitator.pk) as asking:
        return offer_slot(
            actor=asking,
            starts_at=given.pop("starts_at", None) or quarter(),
            how="Je vous appelle au travail.",
            **given,
        )


def make_booking(teller: Account, slot: Slot | None = None) -> Booking:
    """A slot taken by the teller."""
    slot = slot or make_slot()
    with acting_as(teller.pk) as asking:
        return book_slot(actor=asking, slot=slot, how="au standard")


def make_call(teller: Account) -> CallRequest:
    """A request to be called back."""
    with acting_as(teller.pk) as asking:
        return ask_call(actor=asking, when="le mardi matin", how="au standard")


def make_telling(teller: Account, **given: Any) -> Telling:
    """A draft of the teller's, ready for somebody to write."""
    with acting_as(teller.pk) as asking:
        return start_telling(actor=asking, **given)


def make_together(teller: Account, facilitator: Account | None = None, *, told: bool = True) -> Telling:
    """The facilitator has typed the code of the teller, and what was told."""
    facilitator = facilitator or make_facilitator()
    telling = make_telling(teller)
    with acting_as(teller.pk) as asking:
        code = show_code(actor=asking, telling=telling).code
    with acting_as(facilitator.pk) as asking:
        join_telling(actor=asking, code=code)
    if told:
        tell_all(telling.sheet, facilitator)
    return get_telling(telling)


def make_without_account(facilitator: Account, name: str = "Lulu") -> Telling:
    """Somebody without an account tells; the facilitator holds the draft."""
    with acting_as(facilitator.pk) as asking:
        telling = start_without_account(actor=asking, name=name, who=Teller.ACCOMPANIED)
    tell_all(telling.sheet, facilitator)
    return get_telling(telling)


def tell_all(sheet: Sheet, by: Account) -> None:
    """What suffices to send, typed by somebody."""
    for question, fields in TOLD.items():
        answer(sheet, by, question, fields)


def approve_all(telling: Telling, *, witness: str = "") -> None:
    """Who tells approves every card."""
    with acting_as(telling.scope_author) as asking:
        for card in cards_to_read(get_telling(telling)):
            approve_card(actor=asking, telling=telling, question=card.question, digest=card.digest, witness=witness)


def agree_to_publish(telling: Telling, *, agrees: bool = True) -> None:
    """Who tells agrees: on screen, or aloud before a witness when they have no account."""
    aloud = telling.teller_id is None
    with acting_as(telling.scope_author) as asking:
        answer_publication(
            actor=asking,
            telling=telling,
            agrees=agrees,
            how=How.ORAL if aloud else How.ON_SCREEN,
            witness="une aide-soignante" if aloud else "",
        )


def make_words(sheet: Sheet, by: Account, text: str = "Encore la photo du car !", **given: Any) -> PersonWords:
    """A card of words on a sheet."""
    with acting_as(by.pk) as asking:
        return put_words(
            actor=asking, sheet=sheet, text=text, said_by="une jeune fille", speaker=Speaker.ACCOMPANIED, **given
        )


def quote(words: PersonWords, by: Account, *, agrees: bool = True) -> None:
    """The person says aloud whether they may be quoted."""
    with acting_as(by.pk) as asking:
        answer_quotation(actor=asking, words=words, agrees=agrees, how=How.ORAL, witness="une éducatrice")


def get_telling(telling: Telling) -> Telling:
    """The telling as it is now."""
    with as_system("read test data", recorded=False):
        return Telling.objects.select_related("sheet", "teller", "facilitator").get(pk=telling.pk)
