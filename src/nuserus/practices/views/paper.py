"""The sheet on paper, for those who may read the sheet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.practices.models import Sheet
from nuserus.practices.paper import Fault, SheetPaper, paper_faults, sheet_paper
from nuserus.practices.queries.sheets import sheet_for_reading
from nuserus.practices.rules import can_change_sheet
from nuserus.ui.typesetting import Unset


@login_not_required
@require_safe
def sheet_pdf(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The sheet as A4. Those who write it are first told what paper cannot say; `?quand-meme` goes on."""
    asking = asking_of(request)
    sheet = sheet_for_reading(asking, sheet_id)
    may_change = can_change_sheet.allows(asking, sheet)
    faults = paper_faults(sheet) if may_change else []
    if faults and "quand-meme" not in request.GET:
        return _to_mend(request, sheet, faults, may_go_on=True)
    try:
        paper = sheet_paper(asking, sheet, site=settings.NUSERUS_ADDRESS)
    except Unset:
        return _to_mend(request, sheet, faults or [Fault("check", _unknown())], may_go_on=False, may_change=may_change)
    return _served(request, paper)


def _unknown() -> str:
    return _("Un signe ou un texte de la fiche ne peut pas être mis en page. Retirez les signes rares, puis réessayez.")


def _to_mend(
    request: HttpRequest, sheet: Sheet, faults: list[Fault], *, may_go_on: bool, may_change: bool = True
) -> HttpResponse:
    listed: list[tuple[str, str]] = [
        (fault.words, reverse("telling:question", args=[sheet.pk, fault.question]) if may_change else "")
        for fault in faults
    ]
    context: dict[str, Any] = {"sheet": sheet, "faults": listed, "may_go_on": may_go_on}
    return render(request, "practices/reading/paper_faults.html", context, status=200 if may_go_on else 422)


def _served(request: HttpRequest, paper: SheetPaper) -> HttpResponse:
    etag = f'"{paper.tag}"'
    response: HttpResponse
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(paper.content, content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{paper.name}"'
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
