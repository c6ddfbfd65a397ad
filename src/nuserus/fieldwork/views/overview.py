"""The person's own field page, and one place."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.fieldwork.queries.fiches import waiting_fiches
from nuserus.fieldwork.queries.journal import own_entries
from nuserus.fieldwork.queries.observations import observations_visible_to, own_drafts, own_to_reread
from nuserus.fieldwork.queries.places import own_place, own_places, participants_of
from nuserus.fieldwork.queries.restitutions import may_give_back, restitutions_of
from nuserus.fieldwork.queries.visits import announced_for, coming_visits, past_visits, visits_of_place, visits_to_close
from nuserus.foundation.asking import asking_of
from nuserus.studies.queries.materials import may_read_materials

SHOWN = 8
PER_PAGE = 30


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Visits to come and made, fiches that wait, and what to do next."""
    asking = asking_of(request)
    places = list(own_places(asking))
    here = {place.pk for place in places}
    context = {
        "places": places,
        "coming": coming_visits(asking).filter(place__in=here)[:SHOWN],
        "to_close": visits_to_close(asking).filter(place__in=here)[:SHOWN],
        "past": past_visits(asking).filter(place__in=here)[:SHOWN],
        "fiches": waiting_fiches(asking, {place.study_id for place in places}),
        "drafts": own_drafts(asking)[:SHOWN],
        "to_reread": own_to_reread(asking)[:SHOWN],
        "pages_to_reread": own_entries(asking).filter(flagged_at__isnull=False)[:SHOWN],
    }
    return render(request, "fieldwork/home.html", context)


@require_safe
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """One place: its visits, what was seen there, who is known there, what was given back."""
    asking = asking_of(request)
    shown = own_place(asking, place_id)
    seen = observations_visible_to(asking).filter(place=shown).order_by("-day", "-begun_at")
    context = {
        "place": shown,
        "study": shown.study,
        "visits": visits_of_place(asking, shown),
        "announced": announced_for(asking, shown)[:SHOWN],
        "page": Paginator(seen, PER_PAGE).get_page(request.GET.get("page")),
        "known": participants_of(asking, shown.pk),
        "restitutions": restitutions_of(asking, shown.study).filter(place=shown),
        "gives_back": may_give_back(asking, shown),
        "collects": may_read_materials(asking, shown),
    }
    return render(request, "fieldwork/place.html", context)
