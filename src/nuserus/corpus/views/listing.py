"""The materials of a study."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.corpus.enums import SourceKind, SourceState
from nuserus.corpus.queries.sources import found_sources, places_to_add_to
from nuserus.foundation.asking import asking_of
from nuserus.studies.queries.studies import readable_study

PER_PAGE = 40


@require_safe
def sources(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """What was said, written and filmed, as far as the person may read it."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    asked = {name: request.GET.get(name, "")[:40] for name in ("kind", "place", "state")}
    page = Paginator(found_sources(asking, study, **asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "study": study,
        "page": page,
        "asked": asked,
        "filtered": any(asked.values()),
        "kinds": SourceKind.choices,
        "states": SourceState.choices,
        "places": places_to_add_to(asking, study),
    }
    return render(request, "corpus/list.html", context)
