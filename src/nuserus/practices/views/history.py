"""« Historique »: the versions of a sheet, what changed, putting one back, closing one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.practices.actions.restoring import restore_version
from nuserus.practices.actions.versions import close_version
from nuserus.practices.enums import SheetStatus
from nuserus.practices.forms.versions import ClosingForm, CompareForm
from nuserus.practices.models import Sheet, SheetVersion
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.sheets import place_of, sheet_for_reading
from nuserus.practices.queries.version_parts import compared_parts, parts_of
from nuserus.practices.queries.versions import content_of, contents_of, history_lines, names_on, version_of, versions_of
from nuserus.practices.queries.writers import is_writer, written_sheet
from nuserus.practices.rules import can_close_version
from nuserus.practices.views.compared import marked

PER_PAGE = 20


@login_not_required
@require_safe
def history(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Every version of a sheet: who, when, what changed in words; two of them can be compared."""
    asking = asking_of(request)
    sheet, versions = _sheet(asking, sheet_id)
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    # one more than the page shows: what its last line is compared with
    shown = versions[page.start_index() - 1 : page.end_index() + 1]
    lines = history_lines(sheet, shown)[: len(page.object_list)]
    readable = [version for version in versions if version.closed_at is None]
    context = {
        "sheet": sheet,
        "place": place_of(sheet),
        "lines": lines,
        "page": page,
        "total": len(versions),
        "compare_form": CompareForm(versions=readable) if len(readable) > 1 else None,
    }
    return render(request, "practices/history/list.html", context)


@login_not_required
@require_safe
def version(request: HttpRequest, sheet_id: UUID, number: int) -> HttpResponse:
    """What one version said; one that was closed says why, and nothing else (410)."""
    asking = asking_of(request)
    sheet, _versions = _sheet(asking, sheet_id)
    shown = version_of(asking, sheet, number)
    content = content_of(shown)
    names = names_on(sheet)
    current = sheet.status == SheetStatus.PUBLISHED and sheet.version == number
    context = {
        "sheet": sheet,
        "version": shown,
        "by": names.get(shown.made_by_id, ""),
        "read_by": names.get(shown.read_by_id, ""),
        "parts": parts_of(content, labels()) if content is not None else [],
        "closed": content is None,
        "is_current": current,
        "may_restore": content is not None and not current and _may_restore(asking, sheet),
        "may_close": content is not None and not current and can_close_version.allows(asking, shown),
    }
    return render(request, "practices/history/version.html", context, status=410 if content is None else 200)


@login_not_required
@require_safe
def compare(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The differences between any two versions, part by part, word by word."""
    asking = asking_of(request)
    sheet, versions = _sheet(asking, sheet_id)
    readable = [one for one in versions if one.closed_at is None]
    form = CompareForm(request.GET or None, versions=readable)
    if not form.is_valid():
        context: dict[str, Any] = {"sheet": sheet, "compare_form": form, "changes": None}
        return render(request, "practices/history/compare.html", context, status=422 if form.is_bound else 200)
    before, after = form.chosen()
    lists = labels()
    contents = contents_of([before, after])
    old, new = (parts_of(contents.get(one.number, {}), lists) for one in (before, after))
    names = names_on(sheet)
    context = {
        "sheet": sheet,
        "compare_form": form,
        "before": before,
        "after": after,
        "by": names.get(after.made_by_id, ""),
        "changes": [
            {"label": one.label, "change": one.change.value, "text": marked(one.runs), "note": one.note}
            for one in compared_parts(old, new)
        ],
    }
    return render(request, "practices/history/compare.html", context)


@require_POST
def restore(request: HttpRequest, sheet_id: UUID, number: int) -> HttpResponse:
    """Publish again what a version said, as the next one."""
    asking = asking_of(request)
    sheet = written_sheet(asking, sheet_id)
    shown = version_of(asking, sheet, number)
    try:
        made = restore_version(actor=asking, sheet=sheet, version=shown)
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.warning(request, message)
        return redirect("sheets:version", sheet.pk, number)
    messages.success(
        request,
        _("La version %(old)d est de nouveau publiée : c’est la version %(new)d. Une ou un collègue la relira.")
        % {"old": number, "new": made},
    )
    return redirect("sheets:history", sheet.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, sheet_id: UUID, number: int) -> HttpResponse:
    """Ask why, then erase what a version showed."""
    asking = asking_of(request)
    sheet, _versions = _sheet(asking, sheet_id)
    shown = version_of(asking, sheet, number)
    can_close_version.require(asking, shown)
    form = ClosingForm(request.POST if request.method == "POST" else None, moderates="moderator" in asking.roles)
    if request.method == "POST" and form.is_valid():
        try:
            close_version(actor=asking, version=shown, reason=form.reason())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, _("La version %(number)d est fermée : son contenu est effacé.") % {"number": number}
            )
            return redirect("sheets:history", sheet.pk)
    context = {"sheet": sheet, "version": shown, "form": form}
    return render(request, "practices/history/close.html", context, status=422 if form.errors else 200)


def _sheet(asking: Asking, sheet_id: UUID) -> tuple[Sheet, list[SheetVersion]]:
    """A sheet that was published at least once, with its versions. Raises Unreadable."""
    sheet = sheet_for_reading(asking, sheet_id)
    versions = versions_of(asking, sheet)
    if not versions:
        raise Unreadable
    return sheet, versions


def _may_restore(asking: Asking, sheet: Sheet) -> bool:
    return sheet.status == SheetStatus.PUBLISHED and is_writer(asking, sheet)
