"""Decisions and cycles."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.planning import record_decision, write_cycle_note
from nuserus.studies.enums import CycleMoment
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.planning import CycleForm, DecisionForm
from nuserus.studies.models import CycleNote
from nuserus.studies.queries.plan import cycles_of, decisions_of
from nuserus.studies.queries.studies import conducts, readable_study
from nuserus.studies.rules import can_conduct_study, can_write_cycle_note


@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The log of decisions, to which who conducts the study adds."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    form = DecisionForm(request.POST if request.method == "POST" else None, asking=asking, study=study)
    if form.is_bound:
        can_conduct_study.require(asking, study)
        if form.is_valid():
            words = dict(form.cleaned_data)
            try:
                record_decision(actor=asking, study=study, replaces=words.pop("replaces"), words=words)
                messages.success(
                    request, _("La décision est notée. Elle ne s’efface plus : une autre peut la remplacer.")
                )
                return redirect("studies:decisions", study.pk)
            except ValidationError as refusal:
                refuse(form, refusal)
    context = {
        "study": study,
        "form": form,
        "conducts": conducts(asking, study),
        "decisions": decisions_of(asking, study),
    }
    return render(request, "studies/decisions.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cycles(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Plan, act, observe, reflect: what was noted, and another note."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    shown = cycles_of(asking, study)
    writes = can_write_cycle_note.allows(asking, CycleNote(study=study, scope_mission=study.pk))
    initial = {"cycle": shown[0].number if shown else 1, "moment": CycleMoment.PLAN}
    form = CycleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound:
        can_write_cycle_note.require(asking, CycleNote(study=study, scope_mission=study.pk, scope_group=study.pk))
        if form.is_valid():
            given = form.cleaned_data
            try:
                write_cycle_note(
                    actor=asking,
                    study=study,
                    cycle=given["cycle"],
                    moment=CycleMoment(given["moment"]),
                    text=given["text"],
                )
                messages.success(request, _("C’est noté."))
                return redirect("studies:cycles", study.pk)
            except ValidationError as refusal:
                refuse(form, refusal)
    context = {"study": study, "form": form, "cycles": shown, "writes": writes}
    return render(request, "studies/cycles.html", context, status=422 if form.errors else 200)
