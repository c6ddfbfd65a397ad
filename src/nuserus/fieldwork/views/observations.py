"""Observations: from a fiche, or typed here, saved while they are typed."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.fieldwork.actions.observing import (
    Conflict,
    Written,
    begin_observation,
    finish_observation,
    read_fields,
    remove_draft,
    save_draft,
    say_reread,
)
from nuserus.fieldwork.actions.revisions import ChangedMeanwhile
from nuserus.fieldwork.actions.taking_up import take_up
from nuserus.fieldwork.enums import ObservationState
from nuserus.fieldwork.forms.observations import ObservationForm, TakeUpForm
from nuserus.fieldwork.forms.revised import revision_in
from nuserus.fieldwork.models import Observation
from nuserus.fieldwork.queries.fiches import fiche_to_take, found_in, is_taken, other_answers
from nuserus.fieldwork.queries.observations import observation_for, own_observation
from nuserus.fieldwork.queries.places import Known, participants_of
from nuserus.fieldwork.queries.visits import visit_for, visits_around
from nuserus.fieldwork.rules import can_change_observation, can_read_observation
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account
from nuserus.studies.forms.opening import refuse

MAX_REVISION = 2_000_000_000


@require_POST
def begin(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """An empty observation of a visit."""
    asking = asking_of(request)
    visit = visit_for(asking, visit_id)
    try:
        row = begin_observation(actor=asking, visit=visit)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("fieldwork:visit", visit.pk)
    return redirect("fieldwork:write_observation", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """Take a fiche of the grid up, as an observation of a visit."""
    asking = asking_of(request)
    fiche = fiche_to_take(asking, submission_id)
    study = fiche.instrument.study
    if study is None:
        raise Unreadable
    visits = visits_around(asking, study.pk, fiche.filled_at or fiche.received_at)
    form = TakeUpForm(request.POST if request.method == "POST" else None, visits=visits)
    if form.is_bound and form.is_valid():
        try:
            row = take_up(actor=asking, fiche=fiche, visit=form.visit_chosen())
            messages.success(request, _("La fiche est reprise. Relisez, dites qui était là, puis terminez."))
            return redirect("fieldwork:write_observation", row.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "fiche": fiche,
        "found": found_in(fiche),
        "taken": is_taken(fiche),
        "visits": visits,
        "form": form,
        "study": study,
    }
    return render(request, "fieldwork/take_up.html", context, status=422 if form.is_bound else 200)


@require_safe
def observation(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """One observation, its three parts apart, and what else the fiche says."""
    asking = asking_of(request)
    shown = observation_for(asking, observation_id)
    fiche, answers = other_answers(asking, shown)
    context = {
        "observation": shown,
        "visit": shown.visit,
        "place": shown.place,
        "study": shown.study,
        "fiche": fiche,
        "answers": answers,
        "seen_by": Account.objects.filter(pk__in=[shown.scope_author]).first(),
        "changes": can_change_observation.allows(asking, shown),
        "why": can_read_observation.why(asking, shown),
    }
    return render(request, "fieldwork/observation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """Write it: keep it for later, ask for more lines of words, or finish."""
    asking = asking_of(request)
    row = own_observation(asking, observation_id)
    known = participants_of(asking, row.place_id)
    keeps = request.POST.get("do") in ("later", "more") and row.state == ObservationState.DRAFT
    meanwhile = False
    if request.method == "POST" and keeps:
        kept = _keep(request, row)
        if kept is not None:
            return kept
        meanwhile = True
    form = _form(request, row, known)
    if form.is_bound and not meanwhile and form.is_valid():
        try:
            revision = revision_in(request)
            finish_observation(actor=asking, observation=row, written=form.written(), revision=revision)
            if request.POST.get("do") == "more":
                return redirect("fieldwork:write_observation", row.pk)
            messages.success(request, _("L’observation est gardée. Les personnes nommées pour ce lieu la lisent."))
            return redirect("fieldwork:observation", row.pk)
        except ChangedMeanwhile:
            meanwhile = True
        except ValidationError as refusal:
            refuse(form, refusal)
    if meanwhile:
        row = own_observation(asking, observation_id)
        form = _form(request, row, known)
        form.move_to(row.revision)
    context = {
        "observation": row,
        "meanwhile": meanwhile,
        "visit": row.visit,
        "place": row.place,
        "study": row.study,
        "form": form,
        "not_yet": [one for one in known if not one.agrees and one.ended_on is None],
        "is_draft": row.state == ObservationState.DRAFT,
        # what was typed is no draft to be saved by itself before the person chose between the two
        "saves_itself": row.state == ObservationState.DRAFT and not meanwhile,
        "save_url": reverse("fieldwork:save_observation", args=[row.pk]),
        "account": asking.user_id,
    }
    status = 409 if meanwhile else 422 if form.is_bound else 200
    return render(request, "fieldwork/write_observation.html", context, status=status)


def _form(request: HttpRequest, row: Observation, known: list[Known]) -> ObservationForm:
    given = request.POST if request.method == "POST" else None
    return ObservationForm(given, observation=row, known=known, initial=ObservationForm.initial_of(row))


def _keep(request: HttpRequest, row: Observation) -> HttpResponse | None:
    """Keep a draft as it is typed, without a word of warning: it is its author's alone.

    None when it changed meanwhile: nothing is written.
    """
    fields: dict[str, Any] = {name: request.POST[name] for name in request.POST}
    fields["present"] = request.POST.getlist("present")
    revision = revision_in(request)
    outcome = save_draft(
        actor=asking_of(request), observation_id=row.pk, written=read_fields(fields), revision=revision
    )
    if isinstance(outcome, Conflict):
        return None
    if request.POST["do"] == "more":
        return redirect(reverse("fieldwork:write_observation", args=[row.pk]) + "#mots")
    messages.success(request, _("Votre brouillon est gardé. Vous seul ou vous seule le lisez."))
    return redirect("fieldwork:visit", row.visit_id)


@login_not_required
@require_POST
@never_cache
def save(request: HttpRequest, observation_id: UUID) -> JsonResponse:
    """Save what is typed. 200 saved, 401 signed out, 403, 404, 409 another text is there, 413, 422.

    The reply leaves after the commit: the middleware closes the transaction around the view.
    """
    asking = asking_of(request)
    if asking.is_anonymous:
        return _said(401, _("Votre session est terminée. Connectez-vous : votre texte est gardé sur cet appareil."))
    try:
        written, revision = _typed(request)
        outcome = save_draft(actor=asking, observation_id=observation_id, written=written, revision=revision)
    except (RequestDataTooBig, ValidationError, PermissionDenied, Http404) as refusal:
        return _refused(refusal)
    if isinstance(outcome, Conflict):
        return JsonResponse({"revision": outcome.revision, "fields": outcome.fields}, status=409)
    return JsonResponse({"revision": outcome.revision, "saved_at": timezone.localtime(outcome.saved_at).isoformat()})


def _typed(request: HttpRequest) -> tuple[Written, int]:
    try:
        body: Any = json.loads(request.body)
        fields, revision = body["fields"], body["revision"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError(_("L’enregistrement n’a pas été compris.")) from error
    if not isinstance(fields, dict) or not isinstance(revision, int) or not 0 <= revision <= MAX_REVISION:
        raise ValidationError(_("L’enregistrement n’a pas été compris."))
    return read_fields({name: value for name, value in fields.items() if name != "reread"}), revision


def _refused(refusal: Exception) -> JsonResponse:
    if isinstance(refusal, RequestDataTooBig):
        return _said(413, _("Ce texte est trop long pour être enregistré. Raccourcissez-le."))
    if isinstance(refusal, PermissionDenied):
        return _said(403, str(refusal))
    if isinstance(refusal, ValidationError):
        return _said(422, " ".join(refusal.messages)[:500])
    return _said(404, _("Cette observation n’existe pas, ou plus."))


def _said(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


@require_POST
def remove(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    asking = asking_of(request)
    row = own_observation(asking, observation_id)
    try:
        remove_draft(actor=asking, observation=row)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("fieldwork:observation", row.pk)
    messages.success(request, _("Le brouillon est retiré."))
    return redirect("fieldwork:visit", row.visit_id)


@require_POST
def reread(request: HttpRequest, observation_id: UUID) -> HttpResponse:
    """Its author read it over after somebody withdrew."""
    asking = asking_of(request)
    row = own_observation(asking, observation_id)
    say_reread(actor=asking, observation=row)
    messages.success(request, _("C’est noté : vous avez relu cette observation."))
    return redirect("fieldwork:observation", row.pk)
