"""The list, starting one, its page, its new versions, who reads what is answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.instruments.actions import instruments as actions
from nuserus.instruments.actions.remarks import make_agreed_version
from nuserus.instruments.actions.submissions import name_reader, unname_reader
from nuserus.instruments.forms.instruments import OWN, ReaderForm, StartForm, VersionForm, read_upload
from nuserus.instruments.models import InstrumentVersion
from nuserus.instruments.queries.instruments import (
    instrument_for,
    lines_for,
    places_to_start_in,
    studies_to_start_in,
    taken_wordings,
    version_for,
    versions_of,
)
from nuserus.instruments.queries.submissions import nobody_reads, people_to_name, readers_of, submissions_of
from nuserus.instruments.rules import can_lead_instrument
from nuserus.instruments.standard.model_grid import model_grid
from nuserus.instruments.views.answering import done, say_too_heavy


@require_safe
def instruments(request: HttpRequest) -> HttpResponse:
    """The grids and questionnaires of the person's places and studies."""
    asking = asking_of(request)
    may_start = bool(places_to_start_in(asking) or studies_to_start_in(asking))
    return render(request, "instruments/list.html", {"lines": lines_for(asking), "may_start": may_start})


@require_safe
def model(request: HttpRequest) -> HttpResponse:
    """The observation grid of nuserus, as a workbook."""
    return workbook_response(model_grid(), "grille-observation.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Start one, from the model or from a workbook."""
    asking = asking_of(request)
    places, studies = places_to_start_in(asking), studies_to_start_in(asking)
    form = StartForm(request.POST or None, request.FILES or None, places=places, studies=studies)
    made: list[InstrumentVersion] = []

    def write() -> None:
        given = form.cleaned_data
        workbook = read_upload(form) if given["source"] == OWN else model_grid()
        where, kind, title = form.belonging(), given["kind"], given["title"]
        made.append(actions.start_instrument(actor=asking, where=where, kind=kind, title=title, workbook=workbook))

    if request.method == "POST" and done(form, write, field="workbook"):
        messages.success(request, _("La première version est là. Relisez-la ensemble, essayez-la, puis publiez-la."))
        return redirect("instruments:version", made[0].instrument_id, made[0].number)
    say_too_heavy(request, form)
    context = {"form": form, "may_start": bool(places or studies)}
    return render(request, "instruments/start.html", context, status=422 if form.is_bound else 200)


@require_safe
def instrument(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """One of them: what is filled in, what is discussed, its versions, what was answered."""
    asking = asking_of(request)
    found = instrument_for(asking, instrument_id)
    versions = versions_of(asking, found)
    published = next((one for one in versions if one.published_at and not one.withdrawn_at), None)
    reads = found.pk in asking.missions
    context = {
        "instrument": found,
        "versions": versions,
        "published": published,
        "newest": versions[0] if versions else None,
        "leads": can_lead_instrument.allows(asking, found),
        "why": can_lead_instrument.why(asking, found) if can_lead_instrument.allows(asking, found) else "",
        "reads": reads,
        "received": submissions_of(asking, found).count(),
        "wordings": taken_wordings(versions[0]) if versions else 0,
    }
    return render(request, "instruments/instrument.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_version(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Give a changed workbook."""
    asking = asking_of(request)
    found = instrument_for(asking, instrument_id)
    can_lead_instrument.require(asking, found)
    form = VersionForm(request.POST or None, request.FILES or None)
    made: list[InstrumentVersion] = []

    def write() -> None:
        content, note = read_upload(form), form.cleaned_data["note"]
        made.append(actions.add_version(actor=asking, instrument=found, workbook=content, note=note))

    if request.method == "POST" and done(form, write, field="workbook"):
        messages.success(request, _("La nouvelle version est là. Elle ne se remplit pas encore : essayez-la d’abord."))
        return redirect("instruments:version", found.pk, made[0].number)
    say_too_heavy(request, form)
    context = {"form": form, "instrument": found}
    return render(request, "instruments/new_version.html", context, status=422 if form.is_bound else 200)


@require_POST
def agreed_version(request: HttpRequest, instrument_id: UUID, number: int) -> HttpResponse:
    """Make a version of the wordings that were taken up."""
    asking = asking_of(request)
    base = version_for(asking, instrument_id, number)
    try:
        made = make_agreed_version(actor=asking, instrument=base.instrument, base=base)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("instruments:version", instrument_id, number)
    messages.success(request, _("La nouvelle version porte les mots du groupe. Essayez-la, puis publiez-la."))
    return redirect("instruments:version", instrument_id, made.number)


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, instrument_id: UUID) -> HttpResponse:
    """Who reads what is answered; those who do name others."""
    asking = asking_of(request)
    found = instrument_for(asking, instrument_id)
    reads = found.pk in asking.missions
    alone = not reads and nobody_reads(found)
    people = people_to_name(asking, found) if reads or alone else []
    form = ReaderForm(request.POST or None, people=people)
    if request.method == "POST" and done(
        form, lambda: name_reader(actor=asking, instrument=found, reader=form.chosen())
    ):
        messages.success(request, _("Cette personne lit maintenant les fiches."))
        return redirect("instruments:readers", found.pk)
    context = {"instrument": found, "form": form, "people": people, "reads": reads, "alone": alone}
    context["readers"] = readers_of(found)
    return render(request, "instruments/readers.html", context, status=422 if form.is_bound else 200)


@require_POST
def stop_reader(request: HttpRequest, instrument_id: UUID, reader_id: UUID) -> HttpResponse:
    """Take somebody off the readers."""
    asking = asking_of(request)
    found = instrument_for(asking, instrument_id)
    try:
        unname_reader(actor=asking, instrument=found, reader=reader_id)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, _("Cette personne ne lit plus les fiches."))
    return redirect("instruments:instrument" if reader_id == asking.user_id else "instruments:readers", found.pk)


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to keep."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
