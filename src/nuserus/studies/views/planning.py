"""Phases and steps."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.planning import (
    add_phase,
    add_step,
    change_phase,
    change_step,
    finish_step,
    remove_phase,
    remove_step,
)
from nuserus.studies.figures import said_days
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.planning import PhaseForm, StepForm
from nuserus.studies.models import Phase, Study
from nuserus.studies.queries.circles import places_that_take_part
from nuserus.studies.queries.plan import phases_of, planned_days, readable_phase, readable_step, steps_of
from nuserus.studies.queries.studies import conducts, readable_study
from nuserus.studies.rules import can_change_phase, can_change_step, can_conduct_study


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The phases and their steps; who conducts the study adds a phase."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    form = PhaseForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        can_conduct_study.require(asking, study)
        if form.is_valid():
            try:
                add_phase(actor=asking, study=study, **form.cleaned_data)
                messages.success(request, _("La phase est ajoutée."))
                return redirect("studies:plan", study.pk)
            except ValidationError as refusal:
                refuse(form, refusal)
    places = places_that_take_part(asking, study)
    context = {
        "study": study,
        "conducts": conducts(asking, study),
        "phases": phases_of(asking, study),
        "places": places,
        "total": said_days(planned_days(steps_of(asking, study), places)),
        "form": form,
    }
    return render(request, "studies/plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def phase(request: HttpRequest, phase_id: UUID) -> HttpResponse:
    """Other words for a phase."""
    asking = asking_of(request)
    shown = readable_phase(asking, phase_id)
    can_change_phase.require(asking, shown)
    form = PhaseForm(request.POST if request.method == "POST" else None, initial={"name": shown.name, "aim": shown.aim})
    if form.is_bound and form.is_valid():
        change_phase(actor=asking, phase=shown, **form.cleaned_data)
        messages.success(request, _("C’est noté."))
        return redirect("studies:plan", shown.study_id)
    context = _context(shown.study, form, shown.name) | {
        "remove": reverse("studies:remove_phase", args=[shown.pk]),
        "remove_words": _("Retirer cette phase"),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove_phase_view(request: HttpRequest, phase_id: UUID) -> HttpResponse:
    """Take an empty phase away."""
    asking = asking_of(request)
    shown = readable_phase(asking, phase_id)
    study_id = shown.study_id
    try:
        remove_phase(actor=asking, phase=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La phase est retirée."))
    return redirect("studies:plan", study_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new_step(request: HttpRequest, phase_id: UUID) -> HttpResponse:
    """Another step of a phase."""
    asking = asking_of(request)
    shown: Phase = readable_phase(asking, phase_id)
    can_change_phase.require(asking, shown)
    form = StepForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_step(actor=asking, phase=shown, words=form.cleaned_data)
            messages.success(request, _("L’étape est ajoutée."))
            return redirect("studies:plan", shown.study_id)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = _context(shown.study, form, _("Ajouter une étape"))
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Other words, days or dates for a step."""
    asking = asking_of(request)
    shown = readable_step(asking, step_id)
    can_change_step.require(asking, shown)
    form = StepForm(request.POST if request.method == "POST" else None, initial=StepForm.initial_of(shown))
    if form.is_bound and form.is_valid():
        try:
            change_step(actor=asking, step=shown, words=form.cleaned_data)
            messages.success(request, _("C’est noté."))
            return redirect("studies:plan", shown.study_id)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = _context(shown.study, form, shown.name) | {
        "remove": reverse("studies:remove_step", args=[shown.pk]),
        "remove_words": _("Retirer cette étape"),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def finish(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """A step is done, or is not after all."""
    asking = asking_of(request)
    shown = readable_step(asking, step_id)
    done = request.POST.get("done") == "yes"
    finish_step(actor=asking, step=shown, done_on=timezone.localdate() if done else None)
    messages.success(request, _("L’étape est faite.") if done else _("L’étape est à faire."))
    return redirect("studies:plan", shown.study_id)


@require_POST
def remove_step_view(request: HttpRequest, step_id: UUID) -> HttpResponse:
    """Take a step away."""
    asking = asking_of(request)
    shown = readable_step(asking, step_id)
    study_id = shown.study_id
    remove_step(actor=asking, step=shown)
    messages.success(request, _("L’étape est retirée. Ses dates restent au calendrier."))
    return redirect("studies:plan", study_id)


def _context(study: Study, form: PhaseForm | StepForm, heading: str) -> dict[str, object]:
    return {
        "study": study,
        "form": form,
        "heading": heading,
        "done": _("Enregistrer"),
        "back": reverse("studies:plan", args=[study.pk]),
    }
