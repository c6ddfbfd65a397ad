"""What a place says of itself: corrected by its referents, taken back by moderators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.directory.actions import correct_institution as correcting
from nuserus.directory.forms import DetailsForm
from nuserus.directory.models import Correction
from nuserus.directory.queries import institutions_in_brief, may_manage_members
from nuserus.directory.queries.claims import corrections_of
from nuserus.directory.rules import can_read_correction, can_undo_correction
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable

PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Correct the name and what goes with it; read what was corrected."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    if not may_manage_members(asking, institution):
        raise Unreadable
    may_correct = institution.pk in asking.managed
    form = DetailsForm(request.POST if request.method == "POST" else None, institution=institution)
    if request.method == "POST" and may_correct and form.is_valid():
        try:
            made = correcting.correct_institution(actor=asking, institution=institution, details=form.details())
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            done = _("La page du lieu dit maintenant ce que vous avez écrit.") if made else _("Rien n’a changé.")
            messages.success(request, done)
            return redirect("directory:details", institution.pk)
    page = Paginator(corrections_of(asking, institution), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "institution": institution,
        "form": form,
        "may_correct": may_correct,
        "page": page,
        "last": _last(page.object_list),
        "why": can_read_correction.why(asking, page[0]) if len(page) else "",
    }
    return render(request, "directory/details.html", context)


@require_POST
def undo_correction(request: HttpRequest, correction_id: UUID) -> HttpResponse:
    """Go back to what was there before."""
    asking = asking_of(request)
    rows = Correction.objects.select_related("institution")
    correction = get_object_or_404(can_undo_correction.filter(rows, asking), pk=correction_id)
    try:
        correcting.undo_correction(actor=asking, correction=correction)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, _("C’est annulé : la page dit de nouveau ce qu’elle disait avant."))
    return redirect("directory:details", correction.institution_id)


def _last(corrections: object) -> set[UUID]:
    """The corrections that can be undone: the last of each detail that still holds."""
    seen: dict[str, UUID] = {}
    for correction in corrections:  # type: ignore[attr-defined]
        if correction.undone_at is None:
            seen.setdefault(correction.detail, correction.pk)
    return set(seen.values())
