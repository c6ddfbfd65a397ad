"""The calendar of a study."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.scheduling import add_event, answer_event, cancel_event, change_event
from nuserus.studies.enums import Coming
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.planning import EventForm
from nuserus.studies.queries.calendar import (
    answers_to,
    as_calendar,
    events_of,
    has_feed,
    own_answer,
    readable_event,
    who_answered,
)
from nuserus.studies.queries.studies import conducted_study, conducts, readable_study
from nuserus.studies.rules import can_change_event, can_read_event


@require_safe
def dates(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The dates of a study: to come, then past."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    now = timezone.now()
    events = list(events_of(asking, study))
    context = {
        "study": study,
        "conducts": conducts(asking, study),
        "ahead": [event for event in events if event.ends_at >= now],
        "past": [event for event in reversed(events) if event.ends_at < now],
        "has_feed": has_feed(asking),
    }
    return render(request, "studies/calendar.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Another date."""
    asking = asking_of(request)
    study = conducted_study(asking, study_id)
    form = EventForm(request.POST if request.method == "POST" else None, asking=asking, study=study)
    if form.is_bound and form.is_valid():
        try:
            event = add_event(actor=asking, study=study, words=form.words())
            messages.success(request, _("La date est au calendrier. Les personnes concernées sont prévenues."))
            return redirect("studies:event", event.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": study,
        "form": form,
        "heading": _("Ajouter une date"),
        "done": _("Ajouter au calendrier"),
        "back": reverse("studies:calendar", args=[study.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Another hour, place or title."""
    asking = asking_of(request)
    event = readable_event(asking, event_id)
    can_change_event.require(asking, event)
    initial = EventForm.initial_of(event)
    data = request.POST if request.method == "POST" else None
    form = EventForm(data, asking=asking, study=event.study, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_event(actor=asking, event=event, words=form.words())
            messages.success(request, _("La date est changée. Les personnes concernées sont prévenues."))
            return redirect("studies:event", event.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": event.study,
        "form": form,
        "heading": _("Changer cette date"),
        "done": _("Enregistrer"),
        "back": reverse("studies:event", args=[event.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def event(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One date: when, where, for whom, and whether one comes."""
    asking = asking_of(request)
    shown = readable_event(asking, event_id)
    is_conducting = can_change_event.allows(asking, shown)
    context = {
        "study": shown.study,
        "event": shown,
        "answer": own_answer(asking, shown),
        "choices": [(coming.value, coming.label) for coming in Coming],
        "conducts": is_conducting,
        "counts": [(coming.label, count) for coming, count in answers_to(asking, shown).items()],
        "answers": who_answered(asking, shown) if is_conducting else [],
        "is_past": shown.ends_at < timezone.now(),
        "why": can_read_event.why(asking, shown),
    }
    return render(request, "studies/event.html", context)


@require_safe
def event_file(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """One date, for the calendar of a phone."""
    shown = readable_event(asking_of(request), event_id)
    site = f"{request.scheme}://{request.get_host()}"
    response = HttpResponse(as_calendar([shown], name=shown.title, site=site), content_type="text/calendar")
    response["Content-Disposition"] = 'attachment; filename="date.ics"'
    return response


@require_POST
def cancel(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Cancel a date."""
    asking = asking_of(request)
    shown = readable_event(asking, event_id)
    try:
        cancel_event(actor=asking, event=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La date est annulée. Les personnes concernées sont prévenues."))
    return redirect("studies:event", shown.pk)


@require_POST
def answer(request: HttpRequest, event_id: UUID) -> HttpResponse:
    """Say whether one comes."""
    asking = asking_of(request)
    shown = readable_event(asking, event_id)
    try:
        answer_event(actor=asking, event=shown, coming=Coming(request.POST.get("coming", "")))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    except ValueError:
        messages.warning(request, _("Choisissez une des trois réponses."))
    else:
        messages.success(request, _("Votre réponse est notée. Vous pouvez en changer."))
    return redirect("studies:event", shown.pk)
