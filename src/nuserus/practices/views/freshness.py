"""« Toujours valable ? »: one page with three large buttons, from the link of a mail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import Asking, acting_as, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account
from nuserus.practices.actions.freshness import LinkExpired, answer_check, confirm_sheet, read_link
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.versions import StillValid
from nuserus.practices.models import FreshnessCheck
from nuserus.practices.queries.freshness import check_for, confirmed_on
from nuserus.practices.queries.writers import is_writer, written_sheet


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_valid(request: HttpRequest, token: str) -> HttpResponse:
    """Show the three answers; a POST gives one. The link says who answers, and does nothing else.

    Reading the page changes nothing: programs that look at the links of a mail answer nobody's question.
    """
    try:
        check_id, account = read_link(token)
    except LinkExpired:
        return _page(request, {"late": True}, status=410)
    except BadSignature as wrong:
        raise Unreadable from wrong
    if not Account.objects.filter(pk=account, is_active=True).exists():
        raise Unreadable
    with acting_as(account) as asking:
        check = check_for(asking, check_id)
        if check is None or not is_writer(asking, check.sheet):
            raise Unreadable
        return _answered(request, asking, check) if request.method == "POST" else _asked(request, check)


def _asked(request: HttpRequest, check: FreshnessCheck) -> HttpResponse:
    if check.sheet.status != SheetStatus.PUBLISHED:
        return _page(request, {"sheet": check.sheet, "gone": True}, status=410)
    review_date = check.sheet.review_date
    return _page(
        request,
        {
            "sheet": check.sheet,
            "check": check,
            "since": confirmed_on(review_date) if review_date else None,
            "answers": StillValid,
        },
    )


def _answered(request: HttpRequest, asking: Asking, check: FreshnessCheck) -> HttpResponse:
    said = request.POST.get("answer", "")
    if said not in StillValid.values:
        return _asked(request, check)
    try:
        answer_check(actor=asking, check=check, answer=StillValid(said))
    except ValidationError as refusal:
        check.refresh_from_db()
        return _page(request, {"sheet": check.sheet, "check": check, "refusals": refusal.messages}, status=409)
    check.refresh_from_db()
    return _page(request, {"sheet": check.sheet, "check": check, "done": True})


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return render(request, "practices/freshness/still_valid.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The same answer, by somebody who is signed in, from the page of their sheet."""
    asking = asking_of(request)
    sheet = written_sheet(asking, sheet_id)
    said = request.POST.get("answer", "")
    if said not in (StillValid.VALID, StillValid.STOPPED):
        raise PermissionDenied
    try:
        confirm_sheet(actor=asking, sheet=sheet, answer=StillValid(said))
        messages.success(request, _("C’est noté, merci."))
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.warning(request, message)
    return redirect("telling:sheet", sheet.pk)
