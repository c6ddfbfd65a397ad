"""Essayé chez nous, and the form of an evaluation."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.practices.actions.evaluations import Evaluated, record_evaluation
from nuserus.practices.actions.trials import delete_trial, report_trial
from nuserus.practices.forms.trials import EvaluationForm, TrialForm
from nuserus.practices.models import Sheet, Trial
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.sheets import place_of, published_sheet
from nuserus.practices.queries.trials import own_trials, places_to_report_from
from nuserus.practices.rules import can_evaluate_sheet


@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Tell what the sheet gave in one's own place, or change what one told."""
    asking = asking_of(request)
    sheet = published_sheet(asking, sheet_id)
    places = places_to_report_from(sheet, asking.institutions)
    if not places or not asking.verified:
        context = {"sheet": sheet, "place": place_of(sheet), "home": sheet.institution_id in asking.institutions}
        return render(request, "practices/trials/not_here.html", context, status=403)
    told = {str(one.institution_id): one for one in own_trials(asking, sheet)}
    asked_place = request.GET.get("lieu") or str(places[0].pk)
    mine = told.get(asked_place) if len(places) == 1 or "lieu" in request.GET else None
    near = list(dict.fromkeys([*sheet.publics, *(public.slug for place in places for public in place.publics.all())]))
    form = TrialForm(
        request.POST or None,
        initial=_told_before(mine),
        places=places,
        publics=labels().publics,
        near=near,
    )
    if request.method == "POST" and form.is_valid():
        report_trial(actor=asking, sheet=sheet, told=form.told())
        messages.success(request, _("Merci. Votre essai se lit sur la fiche : il aide autant s’il n’a pas marché."))
        return redirect("sheets:detail", sheet.pk)
    context = {"form": form, "sheet": sheet, "place": place_of(sheet), "told": list(told.values()), "mine": mine}
    return render(request, "practices/trials/trial.html", context, status=422 if form.is_bound else 200)


def _told_before(mine: Trial | None) -> dict[str, object]:
    if mine is None:
        return {}
    return {
        "outcome": mine.outcome,
        "publics": mine.publics,
        "comment": mine.comment,
        "institution": str(mine.institution_id),
    }


@require_POST
def take_back(request: HttpRequest, sheet_id: UUID, trial_id: UUID) -> HttpResponse:
    """Take back one's own trial."""
    asking = asking_of(request)
    sheet = published_sheet(asking, sheet_id)
    mine = own_trials(asking, sheet).filter(pk=trial_id).first()
    if mine is None:
        raise Unreadable
    delete_trial(actor=asking, trial=mine)
    messages.success(request, _("Votre essai est retiré. Rien n’en reste sur la fiche."))
    return redirect("sheets:detail", sheet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluate(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Record an evaluation of a published sheet."""
    asking = asking_of(request)
    sheet = published_sheet(asking, sheet_id)
    if not can_evaluate_sheet.allows(asking, sheet):
        raise PermissionDenied(_("Qui a écrit la fiche, ou qui relit sur nuserus, peut ajouter une évaluation."))
    form = EvaluationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            record_evaluation(actor=asking, sheet=sheet, told=Evaluated(**form.cleaned_data))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return _evaluation_page(request, sheet, form)
        messages.success(request, _("L’évaluation est enregistrée. La fiche passe à l’étape « évalué »."))
        return redirect("sheets:detail", sheet.pk)
    return _evaluation_page(request, sheet, form)


def _evaluation_page(request: HttpRequest, sheet: Sheet, form: EvaluationForm) -> HttpResponse:
    context = {"form": form, "sheet": sheet, "place": place_of(sheet)}
    return render(request, "practices/trials/evaluation.html", context, status=422 if form.is_bound else 200)
