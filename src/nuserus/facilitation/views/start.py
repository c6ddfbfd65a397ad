"""The way in: take a slot, be called back, begin now, or write for somebody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.facilitation.actions.telling import join_telling, show_code, start_telling, start_without_account
from nuserus.facilitation.enums import Teller
from nuserus.facilitation.forms.meeting import CodeForm, WithoutAccountForm
from nuserus.facilitation.queries.meetings import bookings_ahead, calls_waiting, free_slots, own_call, own_slots
from nuserus.facilitation.queries.tellings import open_tellings
from nuserus.foundation.asking import asking_of
from nuserus.practices.queries.writers import written_sheet


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who tells finds a slot; who writes finds what waits for them."""
    return _show(request, CodeForm())


@require_POST
def now(request: HttpRequest) -> HttpResponse:
    """Somebody is there: a draft of one's own, or one begun before, and the code to show them."""
    asking = asking_of(request)
    given = request.POST.get("sheet", "")
    try:
        sheet = written_sheet(asking, UUID(given)) if given else None
        telling = start_telling(actor=asking, sheet=sheet)
        show_code(actor=asking, telling=telling)
    except (ValidationError, PermissionDenied, ValueError) as refusal:
        for message in getattr(refusal, "messages", [str(refusal)]):
            messages.warning(request, message)
        return redirect("facilitation:start")
    return redirect("facilitation:telling", telling.pk)


@require_POST
def join(request: HttpRequest) -> HttpResponse:
    """Type the code of who is there: their draft opens."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        telling_id = join_telling(actor=asking_of(request), code=form.cleaned_data["code"])
    except ValidationError as refusal:
        form.refuse(refusal)
        return _show(request, form, status=422)
    messages.success(request, _("Vous pouvez écrire. La personne relira et approuvera chaque carte."))
    return redirect("facilitation:telling", telling_id)


@require_http_methods(["GET", "HEAD", "POST"])
def without_account(request: HttpRequest) -> HttpResponse:
    """Begin for somebody who is there and has no account."""
    asking = asking_of(request)
    if "facilitator" not in asking.roles:
        raise PermissionDenied(_("Les animateurs et animatrices écrivent pour les autres."))
    form = WithoutAccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            telling = start_without_account(
                actor=asking, name=form.cleaned_data["name"], who=Teller(form.cleaned_data["who"])
            )
            return redirect("facilitation:telling", telling.pk)
        except ValidationError as refusal:
            form.refuse(refusal)
    status = 422 if form.is_bound else 200
    return render(request, "facilitation/without_account.html", {"form": form}, status=status)


def _show(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    asking = asking_of(request)
    writes = "facilitator" in asking.roles
    context = {
        "form": form,
        "writes": writes,
        "slots": free_slots(asking),
        "bookings": bookings_ahead(asking),
        "tellings": open_tellings(asking),
        "call": own_call(asking),
        "calls": calls_waiting(asking) if writes else [],
        "own_slots": own_slots(asking) if writes else [],
    }
    return render(request, "facilitation/start.html", context, status=status)
