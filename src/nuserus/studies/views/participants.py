"""Participants of a place, known by pseudonyms, and what they agree to."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.consent.enums import Purpose
from nuserus.consent.paper.card import card_pdf
from nuserus.consent.registry import named_ground
from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.participants import (
    add_participant,
    change_participant,
    let_participant_leave,
    make_participant_card,
)
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.participants import ParticipantForm
from nuserus.studies.queries.participants import (
    history_of,
    place_of_mission,
    readable_participant,
    shown_participant,
    shown_participants,
)
from nuserus.studies.queries.pseudonyms import proposed_pseudonym
from nuserus.studies.rules import can_change_participant, can_read_participant

VIEWS = ("tous", "manque", "bientot")


@require_safe
def participants(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Everybody of a place: who said what, what is missing, what ends soon."""
    asking = asking_of(request)
    place = place_of_mission(asking, place_id)
    shown = shown_participants(asking, place)
    here = [one for one in shown if one.participant.left_at is None]
    missing = [one for one in here if one.missing]
    soon = [one for one in here if one.ends_soon]
    seen = request.GET.get("voir", "tous")
    context = {
        "study": place.study,
        "place": place,
        "shown": {"manque": missing, "bientot": soon}.get(seen, here),
        "seen": seen if seen in VIEWS else "tous",
        "here": len(here),
        "missing": len(missing),
        "soon": len(soon),
        "gone": [one for one in shown if one.participant.left_at is not None],
        "why": can_read_participant.why(asking, shown[0].participant) if shown else "",
    }
    return render(request, "studies/participants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Write somebody down, by a pseudonym that is proposed."""
    asking = asking_of(request)
    place = place_of_mission(asking, place_id)
    initial = {"pseudonym": proposed_pseudonym(place.study)}
    form = ParticipantForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            added = add_participant(actor=asking, place=place, words=form.cleaned_data)
            messages.success(request, _("C’est noté. Demandez maintenant son accord."))
            return redirect("studies:ask", added.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": place.study,
        "form": form,
        "heading": _("Ajouter quelqu’un"),
        "lead": _(
            "Ni nom, ni compte : un mot inventé. La liste qui relie les deux, s’il en faut une, reste hors d’ici."
        ),
        "done": _("Ajouter"),
        "back": reverse("studies:participants", args=[place.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def participant(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """One of them: where each purpose stands, and everything that was said."""
    asking = asking_of(request)
    found = readable_participant(asking, participant_id)
    shown = shown_participant(asking, found)
    context = {
        "study": found.study,
        "place": found.place,
        "participant": found,
        "shown": shown,
        "others": [line for line in shown.lines if not line.is_asked and line.purpose != Purpose.TAKE_PART],
        "history": history_of(asking, found),
        "changes": can_change_participant.allows(asking, found) and not found.is_erased,
        "why": can_read_participant.why(asking, found),
    }
    return render(request, "studies/participant.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Another pseudonym, role, protection or language."""
    asking = asking_of(request)
    found = readable_participant(asking, participant_id)
    can_change_participant.require(asking, found)
    form = ParticipantForm(
        request.POST if request.method == "POST" else None, initial=ParticipantForm.initial_of(found)
    )
    if form.is_bound and form.is_valid():
        try:
            change_participant(actor=asking, participant=found, words=form.cleaned_data)
            messages.success(request, _("C’est noté."))
            return redirect("studies:participant", found.pk)
        except ValidationError as refusal:
            found.refresh_from_db()
            refuse(form, refusal)
    context = {
        "study": found.study,
        "form": form,
        "heading": _("Changer ce qui est noté : %(who)s") % {"who": found},
        "done": _("Enregistrer"),
        "back": reverse("studies:participant", args=[found.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def leave(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The person takes part no more, or again."""
    asking = asking_of(request)
    found = readable_participant(asking, participant_id)
    try:
        let_participant_leave(actor=asking, participant=found, leaves="back" not in request.POST)
        messages.success(request, _("C’est noté."))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("studies:participant", found.pk)


@require_POST
def card(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The card of the person, to print. Its code is in the answer and nowhere else."""
    asking = asking_of(request)
    found = readable_participant(asking, participant_id)
    try:
        _card, code = make_participant_card(actor=asking, participant=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("studies:participant", found.pk)
    named = named_ground(found.place_id)
    fictitious = named is not None and named.is_fictitious
    content = card_pdf(code, made_at=timezone.now(), site=settings.NUSERUS_ADDRESS, fictitious=fictitious)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="carte.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
