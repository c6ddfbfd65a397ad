"""Notions and sessions, to read."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.learning.enums import CONCEPTS, SESSIONS
from nuserus.learning.queries.concepts import (
    accepted_resources,
    concepts_of,
    found_sheets,
    linked_sheets,
    sessions_about,
)


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every notion in one line, the sessions, and the way to the resources."""
    context = {"concepts": CONCEPTS.values(), "sessions": SESSIONS.values()}
    return render(request, "learning/index.html", context)


@login_not_required
@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """One notion: what it means, what it changes, what to try, and the sheets that show it."""
    if slug not in CONCEPTS:
        raise Http404
    asking, shown = asking_of(request), CONCEPTS[slug]
    linked = linked_sheets(asking, shown)
    context = {
        "concept": shown,
        "linked": linked,
        "found": found_sheets(asking, shown, linked),
        "sessions": sessions_about(shown),
        "resources": accepted_resources(asking, shown),
        "near": concepts_of(shown.near),
    }
    return render(request, "learning/concept.html", context)


@login_not_required
@require_safe
def team_session(request: HttpRequest, slug: str) -> HttpResponse:
    """One session, step by step, to print."""
    if slug not in SESSIONS:
        raise Http404
    shown = SESSIONS[slug]
    context = {"session": shown, "concepts": concepts_of(shown.concepts)}
    return render(request, "learning/session.html", context)
