"""Slots, bookings and requests as each one sees them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from nuserus.facilitation.enums import SLOT, BookingState, CallState
from nuserus.facilitation.models import Booking, CallRequest, Slot
from nuserus.facilitation.rules import can_read_booking, can_read_call, can_read_slot
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable


def free_slots(asking: Asking, limit: int = 40) -> QuerySet[Slot]:
    """Slots that the person may take, soonest first; those kept for them are among them."""
    ahead = can_read_slot.filter(Slot.objects.all(), asking).filter(
        Q(kept_for=None) | Q(kept_for=asking.user_id),
        cancelled_at=None,
        is_taken=False,
        starts_at__gt=timezone.now(),
    )
    return ahead.exclude(facilitator=asking.user_id).select_related("facilitator").order_by("starts_at")[:limit]


def own_slots(asking: Asking) -> QuerySet[Slot]:
    """What a facilitator offers and nobody has taken, soonest first."""
    mine = Slot.objects.filter(facilitator=asking.user_id, cancelled_at=None, is_taken=False)
    return mine.filter(starts_at__gt=timezone.now()).order_by("starts_at")


def bookings_ahead(asking: Asking) -> QuerySet[Booking]:
    """Meetings of the person, on either side, until they end."""
    mine = can_read_booking.filter(Booking.objects.all(), asking).filter(
        state=BookingState.BOOKED, starts_at__gt=timezone.now() - SLOT
    )
    return mine.select_related("teller", "facilitator", "slot").order_by("starts_at")


def calls_waiting(asking: Asking) -> QuerySet[CallRequest]:
    """Requests of others that wait for a facilitator."""
    waiting = can_read_call.filter(CallRequest.objects.filter(state=CallState.WAITING), asking)
    return waiting.exclude(teller=asking.user_id).select_related("teller")


def own_call(asking: Asking) -> CallRequest | None:
    """The person's last request that is not cancelled."""
    mine = CallRequest.objects.filter(teller=asking.user_id).exclude(state=CallState.CANCELLED)
    return mine.select_related("answered_by").order_by("-asked_at").first()


def readable_slot(asking: Asking, slot_id: UUID) -> Slot:
    """A slot. Raises Unreadable."""
    slot = can_read_slot.filter(Slot.objects.select_related("facilitator"), asking).filter(pk=slot_id).first()
    if slot is None:
        raise Unreadable
    return slot


def readable_booking(asking: Asking, booking_id: UUID) -> Booking:
    """A meeting of one's own. Raises Unreadable."""
    found = Booking.objects.select_related("teller", "facilitator", "slot").filter(pk=booking_id).first()
    if found is None:
        raise Unreadable
    can_read_booking.require(asking, found)
    return found


def readable_call(asking: Asking, call_id: UUID) -> CallRequest:
    """A request to be called back. Raises Unreadable."""
    found = CallRequest.objects.select_related("teller").filter(pk=call_id).first()
    if found is None:
        raise Unreadable
    can_read_call.require(asking, found)
    return found
