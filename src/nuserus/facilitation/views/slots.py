"""Slots that a facilitator offers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.facilitation.actions.meeting import offer_slot, remove_slot
from nuserus.facilitation.forms.meeting import SlotForm
from nuserus.facilitation.queries.meetings import bookings_ahead, own_slots, readable_slot
from nuserus.foundation.asking import asking_of


@require_http_methods(["GET", "HEAD", "POST"])
def slots(request: HttpRequest) -> HttpResponse:
    """What I offer, and offering more."""
    asking = asking_of(request)
    if "facilitator" not in asking.roles:
        raise PermissionDenied(_("Les animateurs et animatrices offrent des créneaux."))
    form = SlotForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        moment = form.moment()
        try:
            if moment is not None:
                offer_slot(actor=asking, starts_at=moment, how=form.cleaned_data["how"])
            messages.success(request, _("Votre créneau est offert."))
            return redirect("facilitation:slots")
        except ValidationError as refusal:
            form.refuse(refusal)
    context = {"form": form, "slots": own_slots(asking), "bookings": bookings_ahead(asking)}
    return render(request, "facilitation/slots.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: HttpRequest, slot_id: UUID) -> HttpResponse:
    """Take back a slot that nobody has taken."""
    asking = asking_of(request)
    try:
        remove_slot(actor=asking, slot=readable_slot(asking, slot_id))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Votre créneau est retiré."))
    return redirect("facilitation:slots")
