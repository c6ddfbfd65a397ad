"""Visits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.fieldwork.actions.visits import cancel_visit, change_visit, finish_visit, plan_visit
from nuserus.fieldwork.forms.visits import CancelForm, VisitForm
from nuserus.fieldwork.queries.observations import observations_of
from nuserus.fieldwork.queries.places import own_place
from nuserus.fieldwork.queries.visits import events_for, visit_for
from nuserus.fieldwork.rules import can_change_visit, can_read_visit
from nuserus.foundation.asking import asking_of
from nuserus.studies.forms.opening import refuse
from nuserus.studies.models import StudyPlace


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Plan a visit, from a date of the calendar when one is given."""
    asking = asking_of(request)
    place = own_place(asking, place_id)
    initial = _announced(request, place)
    form = VisitForm(request.POST if request.method == "POST" else None, asking=asking, place=place, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = plan_visit(actor=asking, place=place, words=form.words())
            messages.success(request, _("La visite est prévue."))
            return redirect("fieldwork:visit", made.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    heading = _("Prévoir une visite : %(place)s") % {"place": place}
    return _form(request, place, form, heading, reverse("fieldwork:place", args=[place.pk]))


def _announced(request: HttpRequest, place: StudyPlace) -> dict[str, Any]:
    try:
        wanted = UUID(request.GET.get("date", ""))
    except ValueError:
        return {}
    event = events_for(asking_of(request), place).filter(pk=wanted).first()
    return VisitForm.initial_from(event) if event else {}


@require_safe
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit and what was seen during it."""
    asking = asking_of(request)
    shown = visit_for(asking, visit_id)
    context = {
        "visit": shown,
        "place": shown.place,
        "study": shown.study,
        "observations": observations_of(asking, shown),
        "changes": can_change_visit.allows(asking, shown),
        "is_begun": shown.starts_at <= timezone.now(),
        "why": can_read_visit.why(asking, shown),
    }
    return render(request, "fieldwork/visit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """Another hour, aim or company."""
    asking = asking_of(request)
    shown = visit_for(asking, visit_id)
    can_change_visit.require(asking, shown)
    form = VisitForm(
        request.POST if request.method == "POST" else None,
        asking=asking,
        place=shown.place,
        initial=VisitForm.initial_of(shown),
    )
    if form.is_bound and form.is_valid():
        try:
            change_visit(actor=asking, visit=shown, words=form.words())
            messages.success(request, _("La visite est changée."))
            return redirect("fieldwork:visit", shown.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    return _form(request, shown.place, form, _("Changer la visite"), reverse("fieldwork:visit", args=[shown.pk]))


@require_POST
def finish(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The visit was made."""
    asking = asking_of(request)
    shown = visit_for(asking, visit_id)
    try:
        finish_visit(actor=asking, visit=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La visite est notée comme faite."))
    return redirect("fieldwork:visit", shown.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The visit does not take place, and why."""
    asking = asking_of(request)
    shown = visit_for(asking, visit_id)
    can_change_visit.require(asking, shown)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            cancel_visit(actor=asking, visit=shown, reason=form.cleaned_data["reason"])
            messages.success(request, _("La visite est annulée. Elle reste dans la liste, avec la raison."))
            return redirect("fieldwork:visit", shown.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    back = reverse("fieldwork:visit", args=[shown.pk])
    return _form(request, shown.place, form, _("Annuler la visite"), back, done=_("Annuler la visite"), stop=True)


def _form(
    request: HttpRequest, place: StudyPlace, form: VisitForm | CancelForm, heading: str, back: str, **more: Any
) -> HttpResponse:
    context = {"place": place, "study": place.study, "form": form, "heading": heading, "back": back, **more}
    return render(request, "fieldwork/form.html", context, status=422 if form.is_bound else 200)
