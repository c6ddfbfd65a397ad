"""The circles of a study and the seats in them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import Asking, asking_of
from nuserus.studies.actions.inviting import leave_seat, name_seat, remove_seat, renew_link
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.people import SeatForm
from nuserus.studies.models import StudyGroup
from nuserus.studies.queries.circles import headcounts, readable_circle, readable_seat, seats_in
from nuserus.studies.rules import can_change_circle, can_change_seat, can_read_seat


@require_http_methods(["GET", "HEAD", "POST"])
def circle(request: HttpRequest, circle_id: UUID) -> HttpResponse:
    """Who sits in a circle; its leads name another seat."""
    asking = asking_of(request)
    shown = readable_circle(asking, circle_id)
    form = SeatForm(request.POST if request.method == "POST" else None, kind=GroupKind(shown.kind))
    if form.is_bound:
        can_change_circle.require(asking, shown)
        if form.is_valid():
            given = form.cleaned_data
            try:
                _seat, secret = name_seat(
                    actor=asking, circle=shown, part=Part(given["part"]), trade=given["trade"], email=given["email"]
                )
            except ValidationError as refusal:
                refuse(form, refusal)
            else:
                if secret:
                    # shown in this answer and never again: only its fingerprint is kept
                    return _shown(request, asking, shown, None, secret=secret)
                messages.success(request, _("La personne est invitée. Elle en est prévenue."))
                return redirect("studies:circle", shown.pk)
    return _shown(request, asking, shown, form)


def _shown(
    request: HttpRequest, asking: Asking, shown: StudyGroup, form: SeatForm | None, *, secret: str = ""
) -> HttpResponse:
    form = form or SeatForm(kind=GroupKind(shown.kind))
    seats = list(seats_in(asking, shown))
    context = {
        "study": shown.study,
        "circle": shown,
        "count": headcounts(shown.study).get(shown.pk),
        "seats": seats,
        "own": [seat for seat in seats if seat.account_id == asking.user_id],
        "form": form,
        "trades": form.trades(),
        "leads": can_change_circle.allows(asking, shown),
        "link": request.build_absolute_uri(reverse("studies:link", args=[secret])) if secret else "",
        "why": can_read_seat.why(asking, seats[0]) if seats else "",
    }
    return render(request, "studies/circle.html", context, status=422 if form.errors else 200)


@require_POST
def renew(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Another link for an open seat, shown once."""
    asking = asking_of(request)
    seat = readable_seat(asking, seat_id)
    try:
        secret = renew_link(actor=asking, seat=seat)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("studies:circle", seat.group_id)
    return _shown(request, asking, readable_circle(asking, seat.group_id), None, secret=secret)


@require_POST
def remove(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Take a seat away."""
    asking = asking_of(request)
    seat = readable_seat(asking, seat_id)
    can_change_seat.require(asking, seat)
    try:
        remove_seat(actor=asking, seat=seat)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La place est retirée."))
    return redirect("studies:circle", seat.group_id)


@require_POST
def leave(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Leave a circle."""
    asking = asking_of(request)
    seat = readable_seat(asking, seat_id)
    try:
        leave_seat(actor=asking, seat=seat)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("studies:detail", seat.study_id)
    messages.success(request, _("Vous avez quitté ce groupe. Ce que vous y avez écrit y reste."))
    return redirect("studies:list")
