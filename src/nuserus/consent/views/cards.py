"""« Ma carte »: what somebody without an account agreed to, and taking it back, with a code."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.consent.actions.cards import make_card, withdraw_by_card
from nuserus.consent.forms import CardForm
from nuserus.consent.paper.card import card_pdf
from nuserus.consent.queries.cards import about_of, card_person, shown_by_card
from nuserus.consent.queries.consents import readable_consent
from nuserus.consent.queries.receipts import taken_back_by_card
from nuserus.consent.registry import named_ground
from nuserus.consent.views.opening import asked_again, opened
from nuserus.foundation.asking import acting_as, asking_of


@require_POST
def make(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """A card to print for the person of this consent. Its code is in the answer and nowhere else."""
    asking = asking_of(request)
    consent = readable_consent(asking, consent_id)
    try:
        card, code = make_card(actor=asking, consent=consent)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("consent:detail", consent.pk)
    named = named_ground(card.scope_mission) if card.scope_mission else None
    fictitious = named is not None and named.is_fictitious
    content = card_pdf(code, made_at=card.made_at, site=settings.NUSERUS_ADDRESS, fictitious=fictitious)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="carte.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_not_required
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """Type the code of a card; then what was agreed, each with the text that was shown."""
    if request.method != "POST":
        return asked_again(request, CardForm())
    digest, form = opened(request)
    if not digest:
        return asked_again(request, form)
    return _shown(request, digest)


@login_not_required
@sensitive_post_parameters("code")
@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take one agreement back with the card."""
    digest, form = opened(request)
    if not digest:
        return asked_again(request, form)
    shown = next((one for one in shown_by_card(digest) if one.id == consent_id), None)
    if shown is None:
        messages.warning(request, _("Cet accord n’est pas sur votre carte. Rien n’a changé."))
        return _shown(request, digest)
    try:
        withdraw_by_card(digest=digest, shown=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Votre accord est retiré."))
        messages.info(request, shown.consequence)
    return _shown(request, digest)


def _shown(request: HttpRequest, digest: str) -> HttpResponse:
    shown = shown_by_card(digest)
    found = [{"consent": one, "about": about_of(one)} for one in shown]
    said = {one.consequence for one in shown if one.stands}
    context: dict[str, object] = {
        # said once when it is the same for all
        "consequence": said.pop() if len(said) == 1 else "",
        "standing": [one for one in found if one["consent"].stands],  # type: ignore[attr-defined]
        "others": [one for one in found if not one["consent"].stands],  # type: ignore[attr-defined]
        "code": request.POST["code"],
    }
    person = card_person(digest)
    if person is not None:
        with acting_as(person.author):
            context["named"] = named_ground(person.mission)
        context["takes_back_all"], context["receipts"] = taken_back_by_card(person)
    response = render(request, "consent/card_shown.html", context)
    response["Cache-Control"] = "private, no-store"
    return response
