"""Several people in one question: who writes now, and what one typed there before."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.enums.telling import ALL_QUESTIONS
from nuserus.practices.models import Sheet
from nuserus.practices.queries.together import changed_by_another, own_saves, writing_now
from nuserus.practices.queries.writers import may_answer, readable_sheet


@require_safe
@never_cache
def present(request: HttpRequest, sheet_id: UUID, question: str) -> HttpResponse:
    """A part of the page of a question, asked again and again: who else writes there now.

    Who opens its address is led to the page.
    """
    asking = asking_of(request)
    sheet = _sheet(asking, sheet_id, question)
    if request.headers.get("HX-Request") != "true":
        return redirect("telling:question", sheet_id, question)
    revision = request.GET.get("revision", "")
    known = int(revision) if revision.isdigit() and len(revision) < 10 else 0
    context = {
        "writing": writing_now(asking, sheet, question),
        "newer": changed_by_another(asking, sheet, question, known),
    }
    return render(request, "practices/telling/_present.html", context)


@require_safe
@never_cache
def before(request: HttpRequest, sheet_id: UUID, question: str) -> HttpResponse:
    """What the person typed in this question, every version of it."""
    asking = asking_of(request)
    sheet = _sheet(asking, sheet_id, question)
    context = {
        "sheet": sheet,
        "question": question,
        "label": ALL_QUESTIONS[question],
        "saves": own_saves(asking, sheet, question),
    }
    return render(request, "practices/telling/before.html", context)


def _sheet(asking: Asking, sheet_id: UUID, question: str) -> Sheet:
    if question not in ALL_QUESTIONS:
        raise Http404
    sheet = readable_sheet(asking, sheet_id)
    if not may_answer(asking, sheet, question):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    return sheet
