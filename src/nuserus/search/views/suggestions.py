"""Autocomplete of the search box."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.search.queries.suggestions import suggest

KEPT_SECONDS = 120


@login_not_required
@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`?q=` → `{"results": [{"value": …, "label": …}]}`: the query with its last word completed.

    The browser keeps an answer for a while, so that going back over a word asks nothing again;
    nobody else may keep it, as it depends on who asks.
    """
    found = suggest(asking_of(request), request.GET.get("q", ""))
    response = JsonResponse({"results": [{"value": text, "label": text} for text in found]})
    patch_cache_control(response, private=True, max_age=KEPT_SECONDS)
    patch_vary_headers(response, ["Cookie"])
    return response
