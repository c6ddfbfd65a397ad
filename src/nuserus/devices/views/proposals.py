"""Proposing a device, and answering proposals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.devices.actions import propose_device as actions
from nuserus.devices.forms import ProposeDeviceForm, RefuseProposalForm
from nuserus.devices.models import Device
from nuserus.devices.queries import device_readable, proposals_to_answer
from nuserus.devices.rules import can_read_device
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a device that the catalogue lacks."""
    form = ProposeDeviceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        device = _proposed(request, form)
        if device is not None:
            return redirect(device)
    return render(request, "devices/propose.html", {"form": form})


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals that wait, for the moderators."""
    asking = asking_of(request)
    if "moderator" not in asking.roles:
        raise Unreadable
    return _proposals_page(request, asking)


@require_POST
def answer_proposal(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Accept a proposal, or refuse it with a reason."""
    asking = asking_of(request)
    if "moderator" not in asking.roles:
        raise Unreadable
    device = get_object_or_404(device_readable(asking), pk=device_id)
    decision = request.POST.get("decision")
    if decision not in {"accept", "refuse"}:
        return HttpResponseBadRequest(_("Ce bouton n’existe pas. Revenez à la liste."))
    form = RefuseProposalForm(request.POST, prefix=str(device.pk))
    try:
        _answer(asking, device, decision, form)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        accepted = decision == "accept"
        messages.success(
            request,
            _("Le matériel est au catalogue.") if accepted else _("La proposition est refusée."),
        )
    return redirect("devices:proposals")


def _answer(asking: Asking, device: Device, decision: str, form: RefuseProposalForm) -> None:
    if decision == "accept":
        actions.accept_device(actor=asking, device=device)
        return
    if not form.is_valid():
        raise ValidationError(form.errors["answer"].as_data())
    actions.refuse_device(actor=asking, device=device, answer=form.cleaned_data["answer"])


def _proposals_page(request: HttpRequest, asking: Asking) -> HttpResponse:
    page = Paginator(proposals_to_answer(asking), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(device, RefuseProposalForm(prefix=str(device.pk))) for device in page]
    why = can_read_device.why(asking, page[0]) if len(page) else ""
    return render(request, "devices/proposals.html", {"page": page, "rows": rows, "why": why})


def _proposed(request: HttpRequest, form: ProposeDeviceForm) -> Device | None:
    try:
        device = actions.propose_device(actor=asking_of(request), **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem)
        return None
    messages.success(
        request,
        _("Merci. La modération va répondre. En attendant, vous pouvez déjà l’utiliser vous-même."),
    )
    return device
