"""The institutions of a study."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.directory.models import Institution
from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.inviting import change_place, invite_place
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.people import PlaceForm
from nuserus.studies.queries.circles import headcounts, institutions_to_invite, places_of, readable_place
from nuserus.studies.queries.materials import may_read_materials
from nuserus.studies.queries.studies import leads, readable_study
from nuserus.studies.rules import can_change_place, can_change_study

MAX_FOUND = 12
MAX_TYPED = 120


@require_http_methods(["GET", "HEAD", "POST"])
def places(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Who is in the study, partners first; its leads look for another institution and invite it."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    typed = request.GET.get("q", "")[:MAX_TYPED]
    if request.method == "POST":
        can_change_study.require(asking, study)
        try:
            institution = get_object_or_404(Institution, pk=UUID(request.POST.get("institution", "")))
            part = request.POST.get("part", "")
            invite_place(
                actor=asking,
                study=study,
                institution=institution,
                is_partner=part in ("partner", "both"),
                is_observed=part in ("observed", "both"),
            )
            messages.success(request, _("L’établissement est invité, et son groupe de travail est ouvert."))
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        except ValueError:
            messages.warning(request, _("Choisissez un établissement de la liste."))
        return redirect("studies:places", study.pk)
    counts = headcounts(study)
    rows = list(places_of(asking, study).select_related("circle"))
    context = {
        "study": study,
        "leads": leads(asking, study),
        "places": [
            {"place": row, "count": counts.get(row.circle.pk), "reads": may_read_materials(asking, row)} for row in rows
        ],
        "typed": typed,
        "found": institutions_to_invite(asking, study, typed)[:MAX_FOUND],
    }
    return render(request, "studies/places.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Say again whether a place is a partner, observed, or both."""
    asking = asking_of(request)
    place = readable_place(asking, place_id)
    can_change_place.require(asking, place)
    initial = {"is_partner": place.is_partner, "is_observed": place.is_observed}
    form = PlaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_place(actor=asking, place=place, **form.cleaned_data)
            messages.success(request, _("C’est noté."))
            return redirect("studies:places", place.study_id)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {"study": place.study, "form": form, "heading": str(place), "done": _("Enregistrer")}
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)
