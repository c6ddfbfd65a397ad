"""The last screen: what is there, what lacks, the title, and sending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.foundation.asking import asking_of
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.actions.details import screen_sheet
from nuserus.practices.actions.publish import publish_own_sheet
from nuserus.practices.actions.send import send_sheet
from nuserus.practices.enums import PRIVACY_CHECK
from nuserus.practices.enums.telling import COMPLETING
from nuserus.practices.forms.telling import CheckForm
from nuserus.practices.models import Sheet
from nuserus.practices.queries.choices import institution_choices
from nuserus.practices.queries.completeness import missing_to_publish, missing_to_send
from nuserus.practices.queries.reviews import is_trusted
from nuserus.practices.queries.summary import summary_of
from nuserus.practices.views.telling.details import AGAIN, details_context
from nuserus.practices.views.telling.screens import form_for, held_answer, initial_of, is_answered, screen


def check(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Show the whole sheet, or keep its title, or send it. The sheet is the person's to write."""
    asking = asking_of(request)
    if request.method != "POST":
        initial = initial_of(sheet, "check", held_answer(sheet, "check"))
        form = form_for(asking, "check", initial=initial)
        return _show(request, sheet, form)
    form = CheckForm(request.POST, places=institution_choices(asking))
    sending = request.POST.get("do") in {"send", "publish"} and sheet.author_id == asking.user_id
    if not form.is_valid() or (sending and not form.require_sending()):
        return _show(request, sheet, form, status=422)
    try:
        with transaction.atomic():
            outcome = save_answer(actor=asking, sheet_id=sheet.pk, typed=_typed(request, form))
            if isinstance(outcome, Conflict):
                return _show(request, sheet, form, conflict=outcome, status=409)
            if sending and _asks_once(request, sheet):
                return _show(request, sheet, form, status=422, asks_anyway=request.POST["do"])
            if sending:
                _send(request, sheet, form)
    except ValidationError as refusal:
        form.refuse(refusal)
        return _show(request, sheet, form, status=422)
    return redirect("telling:sheet", sheet.pk) if sending else redirect("telling:start")


def _asks_once(request: HttpRequest, sheet: Sheet) -> bool:
    """Whether details are left without a decision, and the person has not said to send all the same."""
    if request.POST.get("anyway"):
        return False
    sheet.refresh_from_db()
    _told, screening = screen_sheet(actor=asking_of(request), sheet=sheet)
    return bool(screening.open)


def _typed(request: HttpRequest, form: CheckForm) -> Typed:
    revision = request.POST.get("revision", "")
    known = int(revision) if revision.isdigit() and len(revision) < 10 else 0
    return Typed("check", form.typed(), known, from_page=True)


def _send(request: HttpRequest, sheet: Sheet, form: CheckForm) -> None:
    """Send, and publish at once when asked and trusted. Raises ValidationError with what lacks."""
    asking = asking_of(request)
    place = form.cleaned_data.get("institution")
    sheet.refresh_from_db()
    send_sheet(actor=asking, sheet=sheet, licence_accepted=True, institution=UUID(place) if place else None)
    if request.POST.get("do") == "publish":
        publish_own_sheet(actor=asking, sheet=sheet)
        messages.success(request, _("Votre fiche est publiée. Une ou un collègue la relira sous 72 heures."))
    else:
        messages.success(request, _("Votre fiche est envoyée. Une ou un collègue la relira sous 72 heures."))


def _show(  # noqa: PLR0913
    request: HttpRequest,
    sheet: Sheet,
    form: Any,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
    asks_anyway: str = "",
) -> HttpResponse:
    asking = asking_of(request)
    lacking, to_publish = missing_to_send(sheet), missing_to_publish(sheet)
    lacking_parts = {lack.question for lack in to_publish}
    trusted = sheet.author_id == asking.user_id and is_trusted(asking)
    context = screen(request, sheet, "check", form) | {
        "conflict": conflict,
        "rows": summary_of(sheet, "verifier"),
        "lacking": [(lack, lack.url or _address(sheet, lack.question)) for lack in lacking],
        "later": [lack for lack in to_publish if lack not in lacking],
        "completing_rows": [
            {
                "label": label,
                "url": _address(sheet, question),
                "done": question not in lacking_parts and is_answered(sheet, question),
            }
            for question, label in COMPLETING.items()
        ],
        "privacy": list(PRIVACY_CHECK.values()),
        "is_member": bool(asking.institutions),
        "is_author": sheet.author_id == asking.user_id,
        "may_publish": trusted and not to_publish,
        "asks_anyway": asks_anyway,
        "again": AGAIN,
        **details_context(asking, sheet),
    }
    return render(request, "practices/telling/questions/check.html", context, status=status)


def _address(sheet: Sheet, question: str) -> str:
    return reverse("telling:question", args=[sheet.pk, question]) + "?depuis=verifier"
