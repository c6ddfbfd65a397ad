"""Evaluation of effects."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.effects import change_effect, write_effect
from nuserus.studies.forms.training import EffectForm
from nuserus.studies.queries.circles import readable_place
from nuserus.studies.queries.effects import effects_by_place, may_note_effects, readable_effect
from nuserus.studies.queries.studies import readable_study
from nuserus.studies.rules import can_change_effect


@require_safe
def effects(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """What changed, place by place."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    return render(request, "studies/effects.html", {"study": study, "places": effects_by_place(asking, study)})


@require_http_methods(["GET", "HEAD", "POST"])
def new_effect(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Note what changed in a place."""
    asking = asking_of(request)
    place = readable_place(asking, place_id)
    may_note_effects(asking, place)
    form = EffectForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        write_effect(actor=asking, place=place, words=form.cleaned_data)
        messages.success(request, _("C’est noté."))
        return redirect("studies:effects", place.study_id)
    context = {
        "study": place.study,
        "form": form,
        "heading": _("Ce qui a changé : %(place)s") % {"place": place},
        "done": _("Noter"),
        "back": reverse("studies:effects", args=[place.study_id]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def effect(request: HttpRequest, effect_id: UUID) -> HttpResponse:
    """Other words for an effect, or another stage."""
    asking = asking_of(request)
    shown = readable_effect(asking, effect_id)
    can_change_effect.require(asking, shown)
    names = ("text", "plane", "stage", "in_project", "evidence", "seen_on", "is_shared")
    initial = {name: getattr(shown, name) for name in names}
    form = EffectForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        change_effect(actor=asking, effect=shown, words=form.cleaned_data)
        messages.success(request, _("C’est noté."))
        return redirect("studies:effects", shown.study_id)
    context = {
        "study": shown.study,
        "form": form,
        "heading": _("Ce qui a changé : %(place)s") % {"place": shown.place},
        "done": _("Enregistrer"),
        "back": reverse("studies:effects", args=[shown.study_id]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)
