"""Booking a slot, finding it again, beginning, cancelling."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.facilitation.actions.meeting import book_slot, cancel_booking
from nuserus.facilitation.actions.telling import begin_booked
from nuserus.facilitation.enums import BookingState
from nuserus.facilitation.forms.meeting import CancelForm, HowForm
from nuserus.facilitation.queries.meetings import readable_booking, readable_slot
from nuserus.facilitation.rules import can_read_booking
from nuserus.foundation.asking import asking_of


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Take a slot."""
    asking = asking_of(request)
    slot = readable_slot(asking, slot_id)
    form = HowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            booking = book_slot(actor=asking, slot=slot, how=form.cleaned_data["how"])
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return redirect("facilitation:start")
        messages.success(request, _("C’est réservé. La personne est prévenue."))
        return redirect("facilitation:booking", booking.pk)
    return render(request, "facilitation/book.html", {"slot": slot, "form": form}, status=422 if form.is_bound else 200)


@require_safe
def booking(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """One meeting, for its two people."""
    asking = asking_of(request)
    shown = readable_booking(asking, booking_id)
    context = {
        "booking": shown,
        "is_teller": shown.teller_id == asking.user_id,
        "is_on": shown.state == BookingState.BOOKED,
        "i_cancelled": shown.cancelled_by == asking.user_id,
        "why": can_read_booking.why(asking, shown),
    }
    return render(request, "facilitation/booking.html", context)


@require_POST
def begin(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """The teller begins: a draft in their name, open to who writes."""
    asking = asking_of(request)
    shown = readable_booking(asking, booking_id)
    try:
        telling = begin_booked(actor=asking, booking=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("facilitation:booking", shown.pk)
    return redirect("facilitation:telling", telling.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Cancel, with a word."""
    asking = asking_of(request)
    shown = readable_booking(asking, booking_id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            cancel_booking(actor=asking, booking=shown, words=form.cleaned_data["words"])
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Le rendez-vous est annulé. L’autre personne est prévenue."))
        return redirect("facilitation:booking", shown.pk)
    context = {"booking": shown, "is_teller": shown.teller_id == asking.user_id, "form": form}
    return render(request, "facilitation/cancel.html", context, status=422 if form.is_bound else 200)
