"""Imports of registers: ask for one, follow it, read what it changed, take it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.directory.actions.imports import asking as imports
from nuserus.directory.enums import ChangeVerb, ImportSource, ImportState
from nuserus.directory.forms import ImportForm, ImportOptionsForm
from nuserus.directory.models import Import
from nuserus.directory.queries.imports import changes_of, imports_visible_to, state_of, touches_invented
from nuserus.directory.queries.reports import VERBS, counted, report_lines, told_changes
from nuserus.directory.rules import can_add_import, can_read_import, can_undo_import
from nuserus.foundation.asking import acting_as, asking_of
from nuserus.foundation.files import refused_upload_size
from nuserus.foundation.files.cells import cell
from nuserus.foundation.policy import Unreadable

PER_PAGE = 50
UNDER_WAY = (ImportState.WAITING, ImportState.RUNNING, ImportState.UNDOING)
AGAIN = (ImportState.TRIED, ImportState.REFUSED, ImportState.INTERRUPTED)
# How a state is shown: the kind of a status tag.
TAGS = {
    ImportState.WAITING: "waits",
    ImportState.RUNNING: "waits",
    ImportState.UNDOING: "waits",
    ImportState.TRIED: "said",
    ImportState.APPLIED: "ok",
    ImportState.REFUSED: "stop",
    ImportState.INTERRUPTED: "care",
    ImportState.UNDONE: "empty",
}


@never_cache
@require_safe
def imports_list(request: HttpRequest) -> HttpResponse:
    """Every import, the latest first."""
    asking = asking_of(request)
    if not can_read_import.allows(asking, Import()):
        raise Unreadable
    page = Paginator(imports_visible_to(asking), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(run, state_of(run).label, TAGS[state_of(run)]) for run in page],
        "may_add": can_add_import.allows(asking, Import()),
        "why": can_read_import.why(asking, Import()),
    }
    return render(request, "directory/imports/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest) -> HttpResponse:
    """Send the file of a register."""
    asking = asking_of(request)
    if not can_add_import.allows(asking, Import()):
        raise Unreadable
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    dropped = refused_upload_size(request)
    if dropped and form.is_bound:
        form.fields["file"].required = False
        form.is_valid()
        form.add_error("file", imports.too_heavy(dropped))
    elif form.is_bound and form.is_valid():
        try:
            run = imports.ask_import(
                actor=asking,
                source=ImportSource(form.cleaned_data["source"]),
                upload=form.cleaned_data["file"],
                options=form.options(),
            )
        except ValidationError as problem:
            form.add_error("file", problem)
        else:
            return redirect("directory:import", run.pk)
    return render(request, "directory/imports/new.html", {"form": form})


@never_cache
@require_safe
def import_report(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Where an import stands, and what it changed."""
    run = _found(request, import_id)
    asking, state = asking_of(request), state_of(run)
    verb = request.GET.get("changement", "")
    rows = changes_of(run, verb=verb if verb in ChangeVerb.values else "")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **_standing(run),
        "counted": counted(run),
        "fictitious": touches_invented(run),
        "heads": [_("ajoutés"), _("mis à jour"), _("fermés"), _("rouverts"), _("inchangés")],
        "verbs": [(verb, ChangeVerb(verb).label) for verb in VERBS if verb in ChangeVerb.values],
        "verb": verb,
        "page": page,
        "changes": told_changes(list(page)),
        "again": ImportOptionsForm(initial=_chosen(run))
        if state in AGAIN and run.file and can_add_import.allows(asking, run)
        else None,
        "may_undo": state == ImportState.APPLIED and can_undo_import.allows(asking, run),
        "why": can_read_import.why(asking, run),
    }
    return render(request, "directory/imports/report.html", context)


@never_cache
@require_safe
def import_progress(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """How far it is: the part of the page that asks again by itself."""
    run = _found(request, import_id)
    if "HX-Request" not in request.headers:
        return redirect("directory:import", run.pk)
    standing = _standing(run)
    response = render(request, "directory/imports/_progress.html", standing)
    if not standing["under_way"]:
        response["HX-Refresh"] = "true"
    return response


@never_cache
@require_safe
def import_csv(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """The whole report as a table."""
    run = _found(request, import_id)
    user_id = asking_of(request).user_id

    def lines() -> Iterator[str]:
        with acting_as(user_id):  # the body is sent when the request's transaction is over
            for row in report_lines(run):
                text = io.StringIO()
                csv.writer(text, delimiter=";").writerow([cell(value) for value in row])
                yield text.getvalue()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{run.asked_at:%Y-%m-%d}.csv"'
    return response


@require_POST
def import_again(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Read the kept file once more, with the options chosen now."""
    run = _found(request, import_id)
    form = ImportOptionsForm(request.POST)
    can_add_import.require(asking_of(request), run)
    if not form.is_valid():
        messages.error(request, _("Choisissez quoi faire des lignes qui ne peuvent pas être lues."))
        return redirect("directory:import", run.pk)
    try:
        again = imports.ask_again(actor=asking_of(request), run=run, options=form.options())
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        return redirect("directory:import", run.pk)
    return redirect("directory:import", again.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request: HttpRequest, import_id: UUID) -> HttpResponse:
    """Take an import back, after one confirmation."""
    run = _found(request, import_id)
    asking = asking_of(request)
    can_undo_import.require(asking, run)
    if request.method == "POST":
        try:
            imports.ask_undo(actor=asking, run=run)
        except ValidationError as problem:
            messages.error(request, problem.messages[0])
        return redirect("directory:import", run.pk)
    if run.state != ImportState.APPLIED:
        return redirect("directory:import", run.pk)
    return render(request, "directory/imports/undo.html", {"run": run, "counted": counted(run)})


def _found(request: HttpRequest, import_id: UUID) -> Import:
    return get_object_or_404(imports_visible_to(asking_of(request)), pk=import_id)


def _standing(run: Import) -> dict[str, Any]:
    state = state_of(run)
    return {
        "run": run,
        "state": state.label,
        "tag": TAGS[state],
        "under_way": state in UNDER_WAY,
        "interrupted": state == ImportState.INTERRUPTED,
        "share": min(100, 100 * run.done // run.total) if run.total else 0,
    }


def _chosen(run: Import) -> dict[str, Any]:
    return {
        "dry_run": run.dry_run and run.state != ImportState.TRIED,
        "on_problem": run.on_problem,
        "partial": run.partial,
        "may_close_many": run.may_close_many,
    }
