"""Restitution meetings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.fieldwork.actions.giving_back import change_restitution, write_restitution
from nuserus.fieldwork.actions.revisions import ChangedMeanwhile
from nuserus.fieldwork.forms.restitutions import RestitutionForm
from nuserus.fieldwork.forms.revised import revision_in
from nuserus.fieldwork.models import RestitutionMeeting
from nuserus.fieldwork.queries.restitutions import may_give_back, restitution_for, restitutions_of
from nuserus.fieldwork.rules import can_change_restitution, can_read_restitution
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.studies.forms.opening import refuse
from nuserus.studies.queries.circles import places_of, readable_place
from nuserus.studies.queries.studies import readable_study


@require_safe
def restitutions(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """What was given back in a study, as far as the person may read it."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    context = {
        "study": study,
        "restitutions": restitutions_of(asking, study),
        "places": [place for place in places_of(asking, study) if may_give_back(asking, place)],
    }
    return render(request, "fieldwork/restitutions.html", context)


@require_safe
def restitution(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting, theme by theme."""
    asking = asking_of(request)
    shown = restitution_for(asking, meeting_id)
    context = {
        "meeting": shown,
        "study": shown.study,
        "changes": can_change_restitution.allows(asking, shown),
        "why": can_read_restitution.why(asking, shown),
    }
    return render(request, "fieldwork/restitution.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Write a restitution down."""
    asking = asking_of(request)
    place = readable_place(asking, place_id)
    if not may_give_back(asking, place):
        raise Unreadable
    form = RestitutionForm(request.POST if request.method == "POST" else None, asking=asking, place=place)
    if form.is_bound and form.is_valid():
        try:
            made = write_restitution(actor=asking, place=place, words=form.cleaned_data, themes=form.said())
            messages.success(request, _("La restitution est notée. Le groupe de travail du lieu la lit."))
            return redirect("fieldwork:restitution", made.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": place.study,
        "form": form,
        "heading": _("Noter une restitution : %(place)s") % {"place": place},
        "back": reverse("fieldwork:restitutions", args=[place.study_id]),
    }
    return render(request, "fieldwork/write_restitution.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Other notes, other themes."""
    asking = asking_of(request)
    shown = restitution_for(asking, meeting_id)
    can_change_restitution.require(asking, shown)
    form = _form(request, asking, shown)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            words, revision = form.cleaned_data, revision_in(request)
            change_restitution(actor=asking, meeting=shown, words=words, themes=form.said(), revision=revision)
            messages.success(request, _("C’est gardé."))
            return redirect("fieldwork:restitution", shown.pk)
        except ChangedMeanwhile:
            shown = restitution_for(asking, meeting_id)
            form, status = _form(request, asking, shown), 409
            form.move_to(shown.revision)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": shown.study,
        "form": form,
        "heading": _("Changer la restitution"),
        "back": reverse("fieldwork:restitution", args=[shown.pk]),
        "meanwhile": status == 409,
    }
    return render(request, "fieldwork/write_restitution.html", context, status=status)


def _form(request: HttpRequest, asking: Asking, shown: RestitutionMeeting) -> RestitutionForm:
    return RestitutionForm(
        request.POST if request.method == "POST" else None,
        asking=asking,
        place=shown.place,
        told=len(shown.themes.all()),
        initial=RestitutionForm.initial_of(shown),
    )
