"""What was answered, for those who sent it and those who are named to read it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.instruments.actions.leaving import note_fiche_left
from nuserus.instruments.actions.submissions import ACCEPTABLE, accept_submission
from nuserus.instruments.queries.instruments import instrument_for
from nuserus.instruments.queries.submissions import submission_for, submissions_of, submitted_file_for, told
from nuserus.instruments.rules import can_read_submission

PER_PAGE = 40


@require_safe
def fiches(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """The fiches of one questionnaire."""
    asking = asking_of(request)
    found = instrument_for(asking, instrument_id)
    page = Paginator(submissions_of(asking, found), PER_PAGE).get_page(request.GET.get("page"))
    context = {"instrument": found, "page": page, "reads": found.pk in asking.missions}
    return render(request, "instruments/fiches.html", context)


@require_safe
def fiche(request: HttpRequest, instrument_id: UUID, submission_id: UUID) -> HttpResponse:
    """One fiche, question by question."""
    asking = asking_of(request)
    found = submission_for(asking, instrument_id, submission_id)
    context = {
        "submission": found,
        "instrument": found.instrument,
        "told": told(asking, found),
        "missing": sorted(set(found.expected_files) - set(found.files.values_list("name", flat=True))),
        "why": can_read_submission.why(asking, found),
        "may_accept": found.instrument_id in asking.missions and found.reason in ACCEPTABLE,
    }
    return render(request, "instruments/fiche.html", context)


@require_safe
def raw(request: HttpRequest, instrument_id: UUID, submission_id: UUID) -> HttpResponseBase:
    """The XML as it came."""
    asking = asking_of(request)
    found = submission_for(asking, instrument_id, submission_id)
    if request.method == "GET":
        note_fiche_left(actor=asking, submission=found, what=_("fiche remplie (XML)"))
    response = HttpResponse(bytes(found.xml), content_type="text/xml")
    response["Content-Disposition"] = 'attachment; filename="fiche.xml"'
    return _closed(response)


@require_safe
def file(request: HttpRequest, instrument_id: UUID, submission_id: UUID, file_id: UUID) -> HttpResponseBase:
    """A photo or a sound of a fiche, as it came."""
    asking = asking_of(request)
    whole = submission_for(asking, instrument_id, submission_id)
    found = submitted_file_for(asking, submission_id, file_id)
    try:
        opened = found.file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    if request.method == "GET":
        note_fiche_left(actor=asking, submission=whole, what=_("photo ou son d’une fiche"))
    response = FileResponse(opened, content_type=found.media_type, as_attachment=True, filename=found.name)
    return _closed(response)


@require_POST
def accept(request: HttpRequest, instrument_id: UUID, submission_id: UUID) -> HttpResponse:
    """Count among the others a fiche that was put aside."""
    asking = asking_of(request)
    found = submission_for(asking, instrument_id, submission_id)
    try:
        accept_submission(actor=asking, submission=found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("La fiche compte maintenant avec les autres."))
    return redirect("instruments:fiche", instrument_id, submission_id)


def _closed(response: HttpResponseBase) -> HttpResponseBase:
    """What others sent runs nothing, and no copy of it stays on the way."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
