"""« Mes accords »: what I agreed to, the text I was shown, and taking it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.consent.actions.record import withdraw_consent
from nuserus.consent.enums import How, State
from nuserus.consent.models import Consent
from nuserus.consent.queries.cards import can_have_card, has_card
from nuserus.consent.queries.consents import own_consents, readable_consent, steps_of
from nuserus.consent.registry import About, matter_of
from nuserus.consent.rules import can_read_consent, can_withdraw_consent
from nuserus.foundation.asking import Asking, asking_of

MAX_SHOWN = 100


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """Everything the person was asked and answered."""
    asking = asking_of(request)
    found = [_shown(asking, consent) for consent in own_consents(asking)[:MAX_SHOWN]]
    context = {
        "standing": [one for one in found if one["consent"].state == State.GIVEN],
        "others": [one for one in found if one["consent"].state != State.GIVEN],
    }
    return render(request, "consent/agreements.html", context)


@require_safe
def agreement(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """One consent: the text that was shown, what was said and when, and what withdrawing does."""
    asking = asking_of(request)
    consent = readable_consent(asking, consent_id)
    context = _shown(asking, consent) | {
        "gives_card": can_have_card(asking, consent),
        "has_card": has_card(asking, consent),
        "steps": steps_of(asking, consent),
        "is_mine": consent.subject == asking.user_id,
        "takes_back": consent.state == State.GIVEN and can_withdraw_consent.allows(asking, consent),
        "why": can_read_consent.why(asking, consent),
    }
    return render(request, "consent/agreement.html", context)


@require_POST
def withdraw(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Take an agreement back: on one's own screen, or in the name of somebody without an account."""
    asking = asking_of(request)
    consent = readable_consent(asking, consent_id)
    mine = consent.subject == asking.user_id
    how = How.ON_SCREEN if mine else How.ORAL
    witness = "" if mine else request.POST.get("witness", "")
    try:
        withdraw_consent(actor=asking, consent=consent, how=how, witness=witness)
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.warning(request, message)
        return redirect("consent:detail", consent.pk)
    matter = matter_of(consent.object_kind)
    messages.success(request, _("Votre accord est retiré.") if mine else _("L’accord est retiré."))
    if matter is not None:
        messages.info(request, str(matter.consequence))
    return redirect("consent:list") if mine else redirect("consent:detail", consent.pk)


def _shown(asking: Asking, consent: Consent) -> dict[str, Any]:
    matter = matter_of(consent.object_kind)
    about = matter.describe(asking, consent.object_id) if matter else About(_("Quelque chose qui n’est plus là"))
    return {"consent": consent, "about": about, "consequence": matter.consequence if matter else ""}
