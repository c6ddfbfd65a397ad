"""Interviews of a study: the list, planning one, its page, its notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.fieldwork.actions.interviews import (
    change_interview,
    drop_interview,
    hold_interview,
    note_interview,
    plan_interview,
)
from nuserus.fieldwork.actions.recordings import recording_limit
from nuserus.fieldwork.actions.revisions import ChangedMeanwhile
from nuserus.fieldwork.enums import InterviewKind, InterviewMode, RecordingState
from nuserus.fieldwork.forms.interviews import InterviewForm
from nuserus.fieldwork.forms.revised import revision_in
from nuserus.fieldwork.models import Interview
from nuserus.fieldwork.queries.interviews import (
    agreements_of,
    count_turns,
    guides_of,
    interviews_of,
    is_being_heard,
    keeping_of,
    may_be_heard,
    people_of_place,
    places_of_interviews,
    readable_interview,
    recordings_of,
)
from nuserus.fieldwork.rules import can_change_interview, can_plan_interview, can_read_interview
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.files import megabytes
from nuserus.foundation.files.pieces import PIECE
from nuserus.foundation.files.quota import QUOTA
from nuserus.foundation.files.sizes import MEGABYTE
from nuserus.foundation.policy import Unreadable
from nuserus.foundation.powers import allow_recording
from nuserus.studies.forms.opening import refuse
from nuserus.studies.models import StudyPlace
from nuserus.studies.queries.materials import scope_of_material
from nuserus.studies.queries.studies import readable_study

PER_PAGE = 30


@require_safe
def interviews(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The interviews of a study that the person may read, and where they may hold others."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    page = Paginator(interviews_of(asking, study), PER_PAGE).get_page(request.GET.get("page"))
    context = {"study": study, "page": page, "places": places_of_interviews(asking, study)}
    return render(request, "fieldwork/interviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, study_id: UUID, place_id: UUID) -> HttpResponse:
    """Plan an interview in a place."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    place = next((one for one in places_of_interviews(asking, study) if one.pk == place_id), None)
    if place is None:
        raise Unreadable
    can_plan_interview.require(asking, Interview(place=place, **scope_of_material(place, author=asking.user_id)))
    form = _form(request, asking, place, {"kind": InterviewKind.INDIVIDUAL, "mode": InterviewMode.IN_PERSON})
    if form.is_bound and form.is_valid():
        try:
            made = plan_interview(actor=asking, place=place, said=form.said(), people=_people(form))
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("L’entretien est prévu."))
            return redirect("fieldwork:interview", made.pk)
    context = {"study": study, "place": place, "form": form, "heading": _("Prévoir un entretien")}
    return render(request, "fieldwork/interview_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Say again when, where, how and with whom."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    can_change_interview.require(asking, found)
    people = [str(one.participant.pk) for one in agreements_of(found)]
    initial = {
        "kind": found.kind,
        "mode": found.mode,
        "held_on": found.held_on,
        "starts_at": found.starts_at,
        "where": found.where,
        "guide": str(found.guide_id or ""),
        "people": people,
    }
    form = _form(request, asking, found.place, initial, found)
    if form.is_bound and form.is_valid():
        try:
            change_interview(actor=asking, interview=found, said=form.said(), people=_people(form))
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("C’est noté."))
            return redirect("fieldwork:interview", found.pk)
    context = {
        "study": found.study,
        "place": found.place,
        "interview": found,
        "form": form,
        "heading": _("Changer l’entretien"),
    }
    return render(request, "fieldwork/interview_form.html", context, status=422 if form.is_bound else 200)


def _form(
    request: HttpRequest, asking: Asking, place: StudyPlace, initial: dict[str, Any], found: Interview | None = None
) -> InterviewForm:
    people = list(people_of_place(asking, place))
    if found is not None:
        known = {person.pk for person in people}
        people += [one.participant for one in agreements_of(found) if one.participant.pk not in known]
    given = request.POST if request.method == "POST" else None
    return InterviewForm(given, initial=initial, people=people, guides=guides_of(asking, place.study))


def _people(form: InterviewForm) -> list[UUID]:
    return [UUID(pk) for pk in form.cleaned_data["people"]]


@require_safe
def interview(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """One interview: who agrees to what, what was recorded, what is written."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    people = agreements_of(found)
    sounds = recordings_of(asking, found)
    changes = can_change_interview.allows(asking, found)
    recordable = changes and bool(people) and all(one.takes_part and one.recorded for one in people)
    context = {
        "interview": found,
        "study": found.study,
        "people": people,
        "missing": [one for one in people if not ((one.takes_part and one.recorded) or one.participant.is_erased)],
        "erased": any(one.participant.is_erased for one in people),
        "changes": changes,
        "recordable": recordable and found.withheld_at is None,
        "taken_back": found.withheld_at is not None or found.redacted_at is not None,
        "audible": may_be_heard(found),
        "stored": [one for one in sounds if one.state == RecordingState.STORED],
        "arriving": [one for one in sounds if one.state == RecordingState.ARRIVING],
        "ended": [one for one in sounds if one.state == RecordingState.ENDED],
        "heard": is_being_heard(sounds),
        "turns": count_turns(asking, found),
        "keeping": keeping_of(found),
        "piece": PIECE,
        "limit": recording_limit(),
        "limit_words": megabytes(recording_limit()),
        "at_once": megabytes(QUOTA - MEGABYTE),
        "account": asking.user_id,
        "why": can_read_interview.why(asking, found),
    }
    response = render(request, "fieldwork/interview.html", context)
    if recordable:
        allow_recording(response)
    return response


@require_POST
def notes(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Keep the notes of who listens."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    typed = request.POST.get("notes", "")
    try:
        note_interview(actor=asking, interview=found, notes=typed, revision=revision_in(request))
    except ChangedMeanwhile:
        found = readable_interview(asking, interview_id)
        context = {"interview": found, "study": found.study, "typed": typed}
        return render(request, "fieldwork/interview_notes.html", context, status=409)
    messages.success(request, _("Vos notes sont gardées."))
    return redirect("fieldwork:interview", found.pk)


@require_POST
def held(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """It took place."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    try:
        hold_interview(actor=asking, interview=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("C’est noté : l’entretien a eu lieu."))
    return redirect("fieldwork:interview", found.pk)


@require_POST
def drop(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """It does not take place."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    try:
        drop_interview(actor=asking, interview=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("fieldwork:interview", found.pk)
    messages.success(request, _("L’entretien n’est plus prévu."))
    return redirect("fieldwork:interviews", found.study_id)
