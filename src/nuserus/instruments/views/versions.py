"""One version: its questions and what is said of them, what changed, trying it, publishing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.actions.instruments import keep_check, publish_version, withdraw_version
from nuserus.instruments.actions.remarks import add_remark, decide_remark, take_back_remark
from nuserus.instruments.forms.instruments import RemarkForm
from nuserus.instruments.queries.instruments import (
    previous_of,
    questions_with_remarks,
    remark_for,
    taken_wordings,
    version_for,
)
from nuserus.instruments.queries.participants import people_list_for
from nuserus.instruments.rules import can_publish_version
from nuserus.instruments.standard.differences import differences
from nuserus.instruments.views.instruments import workbook_response


@require_safe
def version(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """The questions, each with its remarks."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    asked, on_the_whole = questions_with_remarks(asking, found)
    context = {
        "version": found,
        "instrument": found.instrument,
        "asked": asked,
        "on_the_whole": on_the_whole,
        "previous": previous_of(asking, found),
        "leads": can_publish_version.allows(asking, found),
        "wordings": taken_wordings(found),
        "me": asking.user_id,
    }
    return render(request, "instruments/version.html", context)


@require_safe
def workbook(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """The workbook of a version, to change it with others."""
    found = version_for(asking_of(request), instrument_id, number)
    return workbook_response(bytes(found.workbook), f"grille-v{number}.xlsx")


@require_safe
def xform(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """The form of a version, as programs of collection read it."""
    found = version_for(asking_of(request), instrument_id, number)
    response = HttpResponse(found.xform, content_type="text/xml; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
def participants(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """The list that the form asks for: who agrees to take part, as far as this person may read it."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    if not found.lists_people:
        raise Unreadable
    listed = people_list_for(asking, found.instrument)
    response = HttpResponse(listed.content, content_type="text/csv; charset=utf-8")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def changes(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """What changed since the version before."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    before = previous_of(asking, found)
    listed = differences(before.asked, found.asked) if before else []
    context = {"version": found, "instrument": found.instrument, "before": before, "differences": listed}
    return render(request, "instruments/changes.html", context)


@require_safe
def trial(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """Open a version in this very browser, as those who fill it in will."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    context = {
        "version": found,
        "instrument": found.instrument,
        "leads": can_publish_version.allows(asking, found),
        "people": reverse("instruments:participants", args=[instrument_id, number]) if found.lists_people else "",
    }
    response = render(request, "instruments/trial.html", context)
    # the engine compiles what reads conditions; nothing else of the policy changes
    more = {"script-src": ["'wasm-unsafe-eval'"], "media-src": ["'self'", "blob:"]}
    setattr(response, "_csp_update", more)  # noqa: B010 - where django-csp looks for it
    return response


@require_POST
def checked(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """What the browser found: `engine`, and `problem` when the form does not open."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    keep_check(
        actor=asking, version=found, engine=request.POST.get("engine", ""), problem=request.POST.get("problem", "")
    )
    return HttpResponse(status=204)


@require_POST
def publish(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """Let people fill it in."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    try:
        publish_version(actor=asking, version=found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("instruments:trial", instrument_id, number)
    messages.success(request, _("La version est publiée : elle se remplit dès maintenant, même sans réseau."))
    return redirect("instruments:instrument", instrument_id)


@require_POST
def withdraw(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """No longer offer it."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    try:
        withdraw_version(actor=asking, version=found)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("La version n’est plus proposée. Les fiches commencées seront encore reçues."))
    return redirect("instruments:instrument", instrument_id)


@require_POST
def remark(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """Say something of a question."""
    asking = asking_of(request)
    found = version_for(asking, instrument_id, number)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        problems = [str(error) for errors in form.errors.values() for error in errors]
        messages.error(request, " ".join(problems))
    else:
        try:
            add_remark(actor=asking, version=found, **form.cleaned_data)
        except ValidationError as problem:
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("Votre remarque est là : le groupe la lit."))
    place = form.data.get("question", "")
    return _back(instrument_id, number, place if place.replace("_", "").isalnum() else "")


@require_POST
def decide(request: HttpRequest, instrument_id: UUID, remark_id: UUID) -> HttpResponse:
    """Take a remark up, or not, with a word."""
    asking = asking_of(request)
    found = remark_for(asking, instrument_id, remark_id)
    taken = request.POST.get("do") == "take"
    decide_remark(actor=asking, remark=found, taken=taken, answer=request.POST.get("answer", ""))
    said = _("La remarque est reprise.") if taken else _("La remarque n’est pas retenue ; votre réponse se lit.")
    messages.success(request, said)
    return _back(instrument_id, found.version.number, found.question)


@require_POST
def take_back(request: HttpRequest, instrument_id: UUID, remark_id: UUID) -> HttpResponse:
    """Take back one's own remark."""
    asking = asking_of(request)
    found = remark_for(asking, instrument_id, remark_id)
    number, question = found.version.number, found.question
    take_back_remark(actor=asking, remark=found)
    messages.success(request, _("Votre remarque est retirée."))
    return _back(instrument_id, number, question)


def _back(instrument_id: UUID, number: int, question: str) -> HttpResponse:
    response = redirect("instruments:version", instrument_id, number)
    if question:
        response["Location"] += f"#q-{question}"
    return response
