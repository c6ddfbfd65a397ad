"""Rules of use, for those who may read them: the list, one charter, its versions, its poster."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.charters.enums import Gathering, Reading, charter_templates
from nuserus.charters.models import CharterVersion
from nuserus.charters.paper.poster import poster_pdf
from nuserus.charters.queries.charters import (
    charters_visible_to,
    compared_rules,
    current_versions,
    place_of,
    shown_charter,
)
from nuserus.charters.rules import can_read_version, can_work_on_charter
from nuserus.directory.queries.institutions import institutions_by_id
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.ui.typesetting import Unset

FORMATS = ("a4", "a3")


@login_not_required
@require_safe
def charters(request: HttpRequest) -> HttpResponse:
    """Rules of one's own places first, then those that others show, then what one can start from."""
    asking = asking_of(request)
    versions = current_versions(asking)
    adopted = {version.charter_id: version for version in versions}
    at_work = list(charters_visible_to(asking).order_by("institution__name", "title"))
    own = [{"charter": charter, "version": adopted.get(charter.pk)} for charter in at_work]
    own_ids = {charter.pk for charter in at_work}
    others = [
        {"version": version, "place": place_of(version, asking)}
        for version in versions
        if version.charter_id not in own_ids
    ]
    context = {
        "own": own,
        "others": others,
        "templates": charter_templates().values(),
        "managed": institutions_by_id(asking.managed),
    }
    return render(request, "charters/list.html", context)


@login_not_required
@require_safe
def charter(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """The rules in force."""
    asking = asking_of(request)
    shown = shown_charter(asking, charter_id)
    version = shown.current
    context = {
        **_told(asking, version),
        "versions": shown.versions,
        "coming": shown.coming,
        "at_work": charters_visible_to(asking).filter(pk=charter_id).first(),
        "managed": [] if asking.is_anonymous else list(institutions_by_id(asking.managed)),
    }
    return render(request, "charters/charter.html", context)


@login_not_required
@require_safe
def version(request: HttpRequest, charter_id: UUID, number: int) -> HttpResponse:
    """One adopted version, beside the one before."""
    asking = asking_of(request)
    shown = shown_charter(asking, charter_id)
    found = next((one for one in shown.versions if one.number == number), None)
    if found is None:
        raise Http404
    before = next((one for one in shown.versions if one.number < number), None)
    context = {
        **_told(asking, found),
        "before": before,
        "pairs": compared_rules(before, found) if before else [],
        "current": shown.current,
    }
    return render(request, "charters/version.html", context)


@login_not_required
@require_safe
def poster(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """The rules in force on one large page; `?format=a3`, `?simple` for the simple version."""
    asking = asking_of(request)
    shown = shown_charter(asking, charter_id).current
    page = request.GET.get("format", "a4")
    if page not in FORMATS or ("simple" in request.GET and not shown.simple):
        raise Http404
    try:
        content = poster_pdf(
            shown,
            place=place_of(shown, asking),
            site=settings.NUSERUS_ADDRESS,
            page=page,
            simple="simple" in request.GET,
        )
    except Unset:
        return render(request, "charters/no_poster.html", {"version": shown}, status=422)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(shown.title)[:50] or "regles"}-{page}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _told(asking: Asking, version: CharterVersion) -> dict[str, Any]:
    """What a page says of one version."""
    if not can_read_version.allows(asking, version):
        raise Unreadable
    return {
        "version": version,
        "place": place_of(version, asking),
        "fictitious": version.institution.is_fictitious,
        "heard": [
            {**one, "how": Gathering(one["gathering"]).label, "day": date.fromisoformat(one["on"])}
            for one in version.heard
        ],
        "read_on": date.fromisoformat(version.read_by["on"]) if version.read_by else None,
        "read_how": Reading(version.read_by["way"]).label if version.read_by else "",
        "why": "" if version.scope_level == "public" else can_read_version.why(asking, version),
        "may_work": can_work_on_charter.allows(asking, version),
        "simple_title": _("Version facile à lire et à comprendre (FALC)") if version.is_falc else _("Version simple"),
    }
