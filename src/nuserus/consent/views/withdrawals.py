"""Taking everything back: how far, then the receipt; and what a person of the team must look at."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.consent.actions.settling import review_flagged
from nuserus.consent.actions.withdrawing import withdraw_subject, withdraw_subject_by_card
from nuserus.consent.enums import MODE_DOES, MODE_DOES_TO_YOU, How, Mode, Outcome
from nuserus.consent.forms import CardForm, WithdrawAllForm
from nuserus.consent.models import Withdrawal
from nuserus.consent.paper.receipt import receipt_pdf
from nuserus.consent.provenance import who_answers_for
from nuserus.consent.queries.cards import CardPerson, card_person
from nuserus.consent.queries.receipts import (
    flagged_on,
    person_of,
    readable_flagged,
    readable_withdrawal,
    receipt_of,
    withdrawals_of,
    withdrawals_on,
)
from nuserus.consent.registry import ground_of, named_ground
from nuserus.consent.rules import can_read_withdrawal, can_withdraw_all
from nuserus.consent.views.opening import asked_again, opened
from nuserus.foundation.asking import Asking, acting_as, asking_of
from nuserus.foundation.policy import Unreadable

MODES = tuple((mode.value, mode.label, MODE_DOES[mode]) for mode in Mode)
# As the person reads them, with their card.
OWN_MODES = tuple((mode.value, mode.label, MODE_DOES_TO_YOU[mode]) for mode in Mode)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_all(request: HttpRequest, mission: UUID, subject: UUID) -> HttpResponse:
    """First how far, then what it does once more with how it was said, then it is done."""
    asking = asking_of(request)
    author = who_answers_for(subject, mission)
    row = Withdrawal(scope_author=author, scope_mission=mission)
    if author is None or mission not in asking.missions or not can_withdraw_all.allows(asking, row):
        raise Unreadable
    chosen = request.POST.get("mode") or request.GET.get("mode", "")
    context: dict[str, object] = {
        "person": person_of(asking, subject),
        "named": named_ground(mission),
        "mission": mission,
        "subject": subject,
        "modes": MODES,
    }
    if chosen not in Mode.values:
        context["before"] = withdrawals_of(asking, subject, mission)
        return render(request, "consent/withdraw_modes.html", context)
    mode = Mode(chosen)
    form = WithdrawAllForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        context |= {"mode": mode, "does": MODE_DOES[mode], "form": form}
        status = 422 if form.is_bound else 200
        return render(request, "consent/withdraw_confirm.html", context, status=status)
    made = withdraw_subject(
        actor=asking,
        subject=subject,
        mission=mission,
        mode=mode,
        how=How(form.cleaned_data["how"]),
        witness=form.cleaned_data["witness"],
    )
    return redirect("consent:withdrawal", made)


@require_safe
def withdrawal(request: HttpRequest, withdrawal_id: UUID) -> HttpResponse:
    """The receipt, as it is now."""
    asking = asking_of(request)
    row = readable_withdrawal(asking, withdrawal_id)
    context = {
        "withdrawal": row,
        "receipt": receipt_of(asking, row),
        "person": person_of(asking, row.subject),
        "why": can_read_withdrawal.why(asking, row),
    }
    return render(request, "consent/withdrawal.html", context)


@require_safe
def receipt(request: HttpRequest, withdrawal_id: UUID) -> HttpResponse:
    """The receipt on paper, for the person."""
    asking = asking_of(request)
    return _paper(asking, readable_withdrawal(asking, withdrawal_id))


@require_safe
def withdrawals(request: HttpRequest, mission: UUID) -> HttpResponse:
    """What people took back in a place, and what somebody of the team must look at. For those on its mission."""
    asking = asking_of(request)
    if mission not in asking.missions:
        raise Unreadable
    rows = [
        {"row": row, "person": person_of(asking, row.subject).title, "waiting": getattr(row, "waiting", 0)}
        for row in withdrawals_on(asking, mission)
    ]
    flagged = list(flagged_on(asking, mission))
    context = {
        "mission": mission,
        "ground": ground_of(asking, mission),
        "named": named_ground(mission),
        "withdrawals": rows,
        "waiting": [one for one in flagged if one.reviewed_at is None],
        "reviewed": [one for one in flagged if one.reviewed_at is not None],
        "outcomes": Outcome.choices,
    }
    return render(request, "consent/withdrawals.html", context)


@require_POST
def review(request: HttpRequest, flagged_id: UUID) -> HttpResponse:
    """Say that one thing was looked at, and what was done."""
    asking = asking_of(request)
    found = readable_flagged(asking, flagged_id)
    if found.scope_mission is None:
        raise PermissionDenied
    outcome = request.POST.get("outcome", "")
    if outcome in Outcome.values:
        review_flagged(actor=asking, flagged=found, outcome=Outcome(outcome))
        messages.success(request, _("C’est noté. Le reçu le dit."))
    else:
        messages.warning(request, _("Dites ce que vous avez fait, puis notez. Rien n’a changé."))
    return redirect("consent:withdrawals", found.scope_mission)


@login_not_required
@sensitive_post_parameters("code")
@require_POST
def card_withdraw_all(request: HttpRequest) -> HttpResponse:
    """The same choice with the card alone; the code is typed once and goes with each page."""
    digest, person, form = _holder(request)
    if person is None:
        return asked_again(request, form)
    chosen = request.POST.get("mode", "")
    context: dict[str, object] = {"code": request.POST["code"], "modes": OWN_MODES}
    with acting_as(person.author):
        context["named"] = named_ground(person.mission)
    if chosen not in Mode.values:
        return _closed(render(request, "consent/card_modes.html", context))
    mode = Mode(chosen)
    if request.POST.get("sure") != "yes":
        context |= {"mode": mode, "does": MODE_DOES_TO_YOU[mode]}
        return _closed(render(request, "consent/card_confirm.html", context))
    made = withdraw_subject_by_card(digest=digest, mode=mode)
    with acting_as(person.author) as asking:
        context |= {"receipt": receipt_of(asking, readable_withdrawal(asking, made), to_person=True)}
    return _closed(render(request, "consent/card_receipt.html", context))


@login_not_required
@sensitive_post_parameters("code")
@require_POST
def card_receipt(request: HttpRequest, withdrawal_id: UUID) -> HttpResponse:
    """A receipt with the card alone: on the screen, or on paper (`paper`)."""
    _digest, person, form = _holder(request)
    if person is None:
        return asked_again(request, form)
    with acting_as(person.author) as asking:
        row = readable_withdrawal(asking, withdrawal_id)
        if (row.subject, row.scope_mission) != (person.subject, person.mission):
            raise Unreadable
        if request.POST.get("paper"):
            return _paper(asking, row)
        context = {"code": request.POST["code"], "receipt": receipt_of(asking, row, to_person=True)}
    return _closed(render(request, "consent/card_receipt.html", context))


def _holder(request: HttpRequest) -> tuple[str, CardPerson | None, CardForm]:
    digest, form = opened(request)
    return digest, card_person(digest) if digest else None, form


def _paper(asking: Asking, row: Withdrawal) -> HttpResponse:
    response = HttpResponse(receipt_pdf(receipt_of(asking, row, to_person=True)), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="recu-de-retrait.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return _closed(response)


def _closed(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
