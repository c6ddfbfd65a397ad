"""The search page: `/pratiques/?q=`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import ANONYMOUS, Asking, asking_of
from nuserus.practices.actions.commons import commons_file
from nuserus.practices.forms.search import Asked, asked_in
from nuserus.practices.queries.commons_file import last_commons
from nuserus.practices.queries.facets import FACETS, facet_words
from nuserus.practices.queries.found import FoundSheets, devices_at_hand, find_sheets
from nuserus.practices.queries.labels import Labels, labels
from nuserus.practices.sections import FOUND_SECTIONS, LookedFor
from nuserus.practices.views.cards import cards_as_html
from nuserus.practices.views.kept import ADDED, ANSWERS, AnswerKey, AnswerParts, as_a_visitor
from nuserus.search.queries.search import PAGE_SIZE
from nuserus.search.queries.version import index_version

# A device that nobody can have: "with what we have" of a place without inventory finds nothing.
_NOTHING_AT_HAND = "-"
# Longer addresses are not people's, and would fill the memory.
_LONGEST_KEPT = 1_000
# For each facet, its values with how many sheets each has.
_Counts = tuple[tuple[str, tuple[tuple[str, int], ...]], ...]


@login_not_required
@require_safe
def sheets(request: HttpRequest) -> HttpResponse:
    """Sheets found by words and facets; everything that is published when nothing is asked."""
    asking, asked = asking_of(request), asked_in(request.GET)
    answer = _answer(request, asking, asked)
    if _asks_a_part(request):
        response = HttpResponse(answer)
    else:
        context = {"asked": asked, "answer": answer, "commons": last_commons(commons_file())}
        response = render(request, "practices/results/sheets.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _answer(request: HttpRequest, asking: Asking, asked: Asked) -> SafeString:
    """The sheets that answer, the same for everybody who may ask it, then what other apps add for this person."""
    key = AnswerKey(get_language() or "", request.GET.urlencode(), bool(asking.institutions))
    state = f"{index_version()} {labels().edition}"
    # what our own place has is nobody else's, and longer addresses are not people's
    common = not (asked.at_hand and asking.institutions) and len(key.asked) <= _LONGEST_KEPT
    found = ANSWERS.get(key, state) if common else None
    if found is None and common:
        with as_a_visitor(asking):
            found = _found(request, ANONYMOUS, asked, offers_ours=key.offers_ours)
        ANSWERS.keep(key, state, found)
    found = found or _found(request, asking, asked, offers_ours=key.offers_ours)
    looked = LookedFor(asked.q, replace(asked, page=1).address(), found.total)
    return found.html + (_added(request, asking, looked, state) if asked.page == 1 else SafeString(""))


def _added(request: HttpRequest, asking: Asking, looked: LookedFor, state: str) -> SafeString:
    """What other apps add below the first page: kept for visitors, made anew for each person who signed in."""
    language = get_language() or ""
    kept = ADDED.get((language, looked), state) if asking.is_anonymous else None
    if kept is not None:
        return kept
    added = mark_safe("".join(FOUND_SECTIONS.of(request, looked)))  # noqa: S308 (each is safe already)
    if asking.is_anonymous and len(looked.address) <= _LONGEST_KEPT:
        ADDED.keep((language, looked), state, added)
    return added


def _found(request: HttpRequest, asking: Asking, asked: Asked, *, offers_ours: bool) -> AnswerParts:
    """Figures, facets, cards and pages, as HTML; no token, no nonce, no name."""
    chosen = asked.by_name()
    if asked.at_hand and asking.institutions:
        chosen["dispositif"] = devices_at_hand(asking) or [_NOTHING_AT_HAND]
    found = find_sheets(asking, asked.q, chosen, asked.page, newest=asked.newest)
    context = {
        "asked": asked,
        "found": found.results,
        "cards": cards_as_html(found.sheets, heading=2),
        "chips": _chips(asked, labels()),
        "groups": _groups(asked, found),
        "page": _page(found, asked.page),
        "at_hand": offers_ours and _at_hand(asked),
        "by_words": replace(asked, newest=False, page=1).address(),
        "by_date": replace(asked, newest=True, page=1).address(),
        "all_sheets": Asked(q=asked.q).address(),
        "suggested": Asked(q=found.results.suggestion).address() if found.results.suggestion else "",
        "also": [word for part in found.results.interpretation for word in part.also][:6],
    }
    return AnswerParts(render_to_string("practices/results/_found.html", context, request), found.results.total)


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


def _groups(asked: Asked, found: FoundSheets) -> SafeString:
    """The facets that still choose something, with a link and a number for each value, as HTML."""
    counts = tuple(
        (facet.name, tuple((one.value, one.count) for one in values if one.count and not one.chosen))
        for facet in FACETS
        if (values := found.results.facet_counts.get(facet.name, ()))
    )
    return _rendered_groups(replace(asked, page=1).address(), counts, get_language() or "", labels().edition)


@lru_cache(maxsize=512)
def _rendered_groups(address: str, counts: _Counts, language: str, edition: str) -> SafeString:
    """A pure function of what it is given, with the words of one edition."""
    start = address if address == "?" else f"{address}&"
    titles = {facet.name: facet.title for facet in FACETS}
    groups = []
    for name, values in counts:
        words = facet_words(name, labels())
        links = [(words.get(value, value), f"{start}{urlencode({name: value})}", number) for value, number in values]
        if links:
            groups.append({"title": titles[name], "values": links})
    return render_to_string("practices/results/_groups.html", {"groups": groups}) if groups else SafeString("")
