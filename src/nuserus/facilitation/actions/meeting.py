"""Offering, booking and cancelling fifteen minutes; asking to be called back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.facilitation.actions.notices import facilitators, tell
from nuserus.facilitation.enums import BOOKINGS_A_DAY, CALLS_A_DAY, MAX_SLOTS_AHEAD, SLOT, BookingState, CallState
from nuserus.facilitation.models import Booking, CallRequest, Slot
from nuserus.facilitation.rules import (
    can_answer_call,
    can_ask_call,
    can_book_slot,
    can_cancel_booking,
    can_cancel_call,
    can_change_slot,
    can_offer_slot,
)
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line
from nuserus.people.models import Account


def user_of(actor: Asking) -> UUID:
    """The account that asks. Raises PermissionDenied for a visitor."""
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour continuer."))
    return actor.user_id


def name_of(account_id: UUID) -> str:
    """The name that an account shows."""
    return Account.objects.get(pk=account_id).shown_name


def offer_slot(*, actor: Asking, starts_at: datetime, how: str, kept_for: UUID | None = None) -> Slot:
    """Offer fifteen minutes. Raises PermissionDenied, ValidationError for the past, an hour that is
    not a quarter, an hour offered already, or too many at once.
    """
    slot = Slot(
        facilitator_id=user_of(actor),
        starts_at=starts_at,
        how=plain_line(how)[:200],
        kept_for=kept_for,
        scope_level=Level.RESTRICTED,
        scope_author=actor.user_id,
    )
    can_offer_slot.require(actor, slot)
    if starts_at <= timezone.now():
        raise ValidationError({"hour": _("Cette heure est passée. Choisissez un moment à venir.")})
    if starts_at.timestamp() % SLOT.total_seconds():
        raise ValidationError(
            {"hour": _("Un créneau commence à l’heure pile, au quart, à la demie ou à moins le quart.")}
        )
    ahead = Slot.objects.filter(facilitator=user_of(actor), cancelled_at=None, starts_at__gt=timezone.now())
    if ahead.count() >= MAX_SLOTS_AHEAD:
        raise ValidationError(_("Vous offrez déjà 60 créneaux à venir. Retirez-en un, puis recommencez."))
    try:
        with transaction.atomic():
            slot.save(force_insert=True)
    except IntegrityError as twice:
        raise ValidationError({"hour": _("Vous offrez déjà ce créneau.")}) from twice
    return slot


def remove_slot(*, actor: Asking, slot: Slot) -> None:
    """Take back a slot that nobody has taken. Raises ValidationError when somebody has."""
    can_change_slot.require(actor, slot)
    slot = Slot.objects.select_for_update().get(pk=slot.pk)
    if slot.is_taken:
        raise ValidationError(_("Quelqu’un vient de réserver ce créneau. Annulez plutôt le rendez-vous, avec un mot."))
    slot.cancelled_at = timezone.now()
    slot.save(update_fields=["cancelled_at"])


def book_slot(*, actor: Asking, slot: Slot, how: str = "") -> Booking:
    """Take a slot; its facilitator hears of it. Raises ValidationError when somebody was quicker."""
    booking = Booking(
        slot=slot,
        teller_id=user_of(actor),
        facilitator_id=slot.facilitator_id,
        starts_at=slot.starts_at,
        how=plain_line(how)[:200],
        scope_level=Level.RESTRICTED,
        scope_author=actor.user_id,
    )
    booking.scope_mission = booking.pk
    can_book_slot.require(actor, booking)
    _refuse_too_many(Booking.objects.filter(teller=actor.user_id, booked_at__gt=_a_day_ago()), BOOKINGS_A_DAY)
    try:
        with transaction.atomic():
            booking.save(force_insert=True)
    except DatabaseError as refused:
        raise ValidationError(_not_free(refused)) from refused
    record("book slot", actor=actor.user_id, object_id=booking.pk)
    tell(
        "booked",
        [slot.facilitator_id],
        address=reverse("facilitation:booking", args=[booking.pk]),
        actor=actor.user_id,
        name=name_of(user_of(actor)),
        at=slot.starts_at.isoformat(),
    )
    return booking


def _a_day_ago() -> datetime:
    return timezone.now() - timedelta(days=1)


def _refuse_too_many(of_today: QuerySet[Any], most: int) -> None:
    """Each one tells other people: who cancels and begins again stops there. Raises ValidationError."""
    if of_today.count() >= most:
        raise ValidationError(_("Vous avez beaucoup demandé aujourd’hui. Ce qui est prévu reste : revenez demain."))


def _not_free(refused: DatabaseError) -> str:
    if "teller_in_one_place" in str(refused):
        return _("Vous avez déjà un rendez-vous à cette heure.")
    if getattr(refused.__cause__, "sqlstate", "") == "NF001" or "slot_booked_once" in str(refused):
        return _("Ce créneau vient d’être pris. Rien n’est perdu : choisissez-en un autre.")
    raise refused


def cancel_booking(*, actor: Asking, booking: Booking, words: str = "") -> None:
    """Cancel, with a word for the other one. The slot is free again unless its facilitator cancels.

    Raises ValidationError when it is cancelled already.
    """
    can_cancel_booking.require(actor, booking)
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    if booking.state == BookingState.CANCELLED:
        raise ValidationError(_("Ce rendez-vous est déjà annulé. Rien n’a changé."))
    booking.state, booking.cancelled_by = BookingState.CANCELLED, actor.user_id
    booking.cancel_words = plain_line(words)[:300]
    booking.save(update_fields=["state", "cancelled_by", "cancel_words"])
    record("cancel booking", actor=actor.user_id, object_id=booking.pk)
    tell(
        "cancelled",
        [booking.teller_id, booking.facilitator_id],
        address=reverse("facilitation:booking", args=[booking.pk]),
        actor=actor.user_id,
        name=name_of(user_of(actor)),
        at=booking.starts_at.isoformat(),
        words=booking.cancel_words,
    )


def ask_call(*, actor: Asking, when: str, how: str) -> CallRequest:
    """Ask to be called back; every facilitator hears of it. Raises ValidationError when one waits already."""
    call = CallRequest(
        teller_id=user_of(actor),
        when=plain_line(when)[:200],
        how=plain_line(how)[:200],
        scope_level=Level.RESTRICTED,
        scope_author=actor.user_id,
    )
    can_ask_call.require(actor, call)
    _refuse_too_many(CallRequest.objects.filter(teller=actor.user_id, asked_at__gt=_a_day_ago()), CALLS_A_DAY)
    try:
        with transaction.atomic():
            call.save(force_insert=True)
    except IntegrityError as twice:
        raise ValidationError(
            _("Votre demande attend déjà une réponse. Vous pouvez l’annuler et en faire une autre.")
        ) from twice
    tell(
        "asked",
        facilitators(),
        address=reverse("facilitation:answer_call", args=[call.pk]),
        actor=actor.user_id,
        name=name_of(user_of(actor)),
    )
    return call


def cancel_call(*, actor: Asking, call: CallRequest) -> None:
    """Take back one's request. Raises ValidationError when it does not wait any more."""
    can_cancel_call.require(actor, call)
    if call.state != CallState.WAITING:
        raise ValidationError(_("Cette demande n’attend plus. Rien n’a changé."))
    call.state = CallState.CANCELLED
    call.save(update_fields=["state"])


@transaction.atomic
def answer_call(*, actor: Asking, call: CallRequest, words: str, starts_at: datetime | None, how: str = "") -> None:
    """Answer with a word, and if it fits with a slot kept for that person.

    Raises ValidationError when somebody answered meanwhile, or as `offer_slot`.
    """
    can_answer_call.require(actor, call)
    call = CallRequest.objects.select_for_update().get(pk=call.pk)
    if call.state != CallState.WAITING:
        raise ValidationError(_("Quelqu’un a déjà répondu. Rien n’a changé."))
    if starts_at is not None:
        offer_slot(actor=actor, starts_at=starts_at, how=how or call.how, kept_for=call.teller_id)
    call.state, call.answered_by_id, call.answered_at = CallState.ANSWERED, actor.user_id, timezone.now()
    call.answer = plain_line(words)[:300]
    call.save(update_fields=["state", "answered_by", "answered_at", "answer"])
    tell(
        "answered",
        [call.teller_id],
        address=reverse("facilitation:start"),
        actor=actor.user_id,
        name=name_of(user_of(actor)),
    )
