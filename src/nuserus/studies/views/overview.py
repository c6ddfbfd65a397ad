"""What I take part in, one study, its progress, its beginning and end."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.opening import close_study, start_study
from nuserus.studies.queries.calendar import events_ahead, events_of
from nuserus.studies.queries.circles import (
    circles_of,
    headcounts,
    own_invitations,
    own_seats,
    place_invitations,
    places_of,
)
from nuserus.studies.queries.mine import own_studies
from nuserus.studies.queries.plan import decisions_of, phases_of
from nuserus.studies.queries.progress import progress_of
from nuserus.studies.queries.studies import conducts, leads, own_parts, readable_study, retention_of
from nuserus.studies.rules import can_read_study
from nuserus.studies.sections import STUDY_SECTIONS

SOON = 5


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """« Ce à quoi je participe »: invitations, studies with my part, dates to come."""
    asking = asking_of(request)
    studies = own_studies(asking)
    context = {
        "invitations": own_invitations(),
        "place_invitations": place_invitations(),
        "studies": studies,
        "events": events_ahead(asking)[:SOON],
        "opens": "study_lead" in asking.roles,
    }
    return render(request, "studies/mine.html", context)


@require_safe
def detail(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """One study, for who takes part."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    counts = headcounts(study)
    context = {
        "study": study,
        "leads": leads(asking, study),
        "conducts": conducts(asking, study),
        "parts": [part.label for part in own_parts(asking, study)],
        "own_seats": [seat for seat in own_seats(asking) if seat.study_id == study.pk],
        "phases": phases_of(asking, study),
        "places": places_of(asking, study),
        "circles": [{"circle": circle, "count": counts.get(circle.pk)} for circle in circles_of(asking, study)],
        "events": events_of(asking, study).filter(cancelled_at=None, ends_at__gte=timezone.now())[:SOON],
        "decisions": decisions_of(asking, study)[:3],
        "retention": retention_of(asking, study),
        "sections": STUDY_SECTIONS.of(request, study),
        "why": can_read_study.why(asking, study),
    }
    return render(request, "studies/detail.html", context)


@require_POST
def start(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The study begins."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    try:
        start_study(actor=asking, study=study)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("L’étude est en cours."))
    return redirect("studies:detail", study.pk)


@require_POST
def close(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The study ends."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    try:
        close_study(actor=asking, study=study)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("L’étude est terminée. Les durées de conservation courent à partir d’aujourd’hui."))
    return redirect("studies:detail", study.pk)


@require_safe
def progress(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Where the study is, for its committee and whoever takes part."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    context = {"study": study, "progress": progress_of(asking, study), "why": can_read_study.why(asking, study)}
    return render(request, "studies/progress.html", context)
