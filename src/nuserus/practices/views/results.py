"""The search page: `/pratiques/?q=`."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.practices.forms.search import Asked, asked_in
from nuserus.practices.queries.facets import FACETS, facet_words
from nuserus.practices.queries.found import FoundSheets, devices_at_hand, find_sheets
from nuserus.practices.queries.labels import Labels, labels
from nuserus.practices.views.cards import cards_as_html
from nuserus.search.queries.search import PAGE_SIZE

# A device that nobody can have: "with what we have" of a place without inventory finds nothing.
_NOTHING_AT_HAND = "-"


@login_not_required
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Sheets found by words and facets; everything that is published when nothing is asked."""
    asking = asking_of(request)
    asked = asked_in(request.GET)
    chosen = asked.by_name()
    if asked.at_hand and asking.institutions:
        chosen["dispositif"] = devices_at_hand(asking) or [_NOTHING_AT_HAND]
    found = find_sheets(asking, asked.q, chosen, asked.page, newest=asked.newest)
    context = {
        "asked": asked,
        "found": found.results,
        "cards": cards_as_html(found.sheets, heading=2),
        "chips": _chips(asked, labels()),
        "groups": _groups(asked, found, labels()),
        "page": _page(found, asked.page),
        "at_hand": asking.institutions and _at_hand(asked),
        "by_words": replace(asked, newest=False, page=1).address(),
        "by_date": replace(asked, newest=True, page=1).address(),
        "all_sheets": Asked(q=asked.q).address(),
        "suggested": Asked(q=found.results.suggestion).address() if found.results.suggestion else "",
        "also": [word for part in found.results.interpretation for word in part.also][:6],
    }
    template = "practices/results/_found.html" if _asks_a_part(request) else "practices/results/sheets.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _asks_a_part(request: HttpRequest) -> bool:
    """Whether htmx will put the answer in the page that is there; going back needs the whole page."""
    asked = request.headers
    return asked.get("HX-Request") == "true" and asked.get("HX-History-Restore-Request") != "true"


def _page(found: FoundSheets, number: int) -> Any:
    return Paginator(range(found.readable), PAGE_SIZE).get_page(number)


def _at_hand(asked: Asked) -> dict[str, Any]:
    return {"url": replace(asked, at_hand=not asked.at_hand, page=1).address(), "chosen": asked.at_hand}


def _chips(asked: Asked, lists: Labels) -> list[dict[str, str]]:
    """What was chosen, as a sentence to take apart."""
    chips = [
        {"label": _word(name, value, lists), "url": asked.without_facet(name, value).address()}
        for name, value in asked.facets
    ]
    if asked.at_hand:
        url = replace(asked, at_hand=False, page=1).address()
        chips.append({"label": _("avec le matériel que nous avons"), "url": url})
    return chips


def _word(name: str, value: str, lists: Labels) -> str:
    return facet_words(name, lists).get(value, value.replace("-", " "))


def _groups(asked: Asked, found: FoundSheets, lists: Labels) -> list[dict[str, Any]]:
    """The facets that still choose something, with a link and a number for each value."""
    before = replace(asked, page=1).address()
    start = before if before == "?" else f"{before}&"
    groups = []
    for facet in FACETS:
        words = facet_words(facet.name, lists)
        values = [
            (words.get(one.value, one.value), f"{start}{urlencode({facet.name: one.value})}", one.count)
            for one in found.results.facet_counts.get(facet.name, ())
            if one.count and not one.chosen
        ]
        if values:
            groups.append({"name": facet.name, "title": facet.title, "values": values})
    return groups
