"""The first page of the telling: my drafts, and « Raconter une pratique »."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from nuserus.directory.queries import own_memberships
from nuserus.foundation.asking import asking_of
from nuserus.practices.actions.start import start_sheet
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import TELLING
from nuserus.practices.models import Sheet
from nuserus.practices.queries.drafts import sheets_told_by
from nuserus.practices.sections import START_SECTIONS

MAX_SHOWN = 60
_GROUPS = (
    ("waiting", {SheetStatus.TO_REWORK, SheetStatus.HIDDEN, SheetStatus.DRAFT}),
    ("in_review", {SheetStatus.IN_REVIEW}),
    ("published", {SheetStatus.PUBLISHED, SheetStatus.WITHDRAWN}),
)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Own sheets by what they wait for, and the way to the first question."""
    asking = asking_of(request)
    sheets = list(sheets_told_by(asking)[:MAX_SHOWN])
    groups: dict[str, list[Sheet]] = {
        name: [sheet for sheet in sheets if sheet.status in statuses] for name, statuses in _GROUPS
    }
    groups["waiting"].sort(key=lambda sheet: sheet.status != SheetStatus.TO_REWORK)
    context = {
        "groups": groups,
        "sections": START_SECTIONS.of(request, asking),
        "is_member": bool(asking.institutions),
        # persons accompanied and relatives work in no place: who writes with them sends
        "needs_place": not asking.roles & {"accompanied", "relative"},
        "memberships": [] if asking.institutions else list(own_memberships(asking)),
    }
    return render(request, "practices/telling/start.html", context)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A new draft, and its first question."""
    try:
        sheet = start_sheet(actor=asking_of(request))
    except PermissionDenied as refusal:
        messages.warning(request, str(refusal))
        return redirect("telling:start")
    return redirect("telling:question", sheet.pk, next(iter(TELLING)))
