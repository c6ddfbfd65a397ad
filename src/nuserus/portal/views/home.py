"""The first page: search, needs, what is fresh, what waits."""

from __future__ import annotations

from sys import getsizeof

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import ANONYMOUS, Asking, asking_of
from nuserus.foundation.kept import Kept
from nuserus.portal.queries.needs import NEEDS
from nuserus.portal.queries.waiting import waiting_for
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.listing import sheet_cards
from nuserus.practices.queries.sheets import latest_sheets, sheets_for_institutions_like
from nuserus.search.queries.version import index_version

# By language. Names of places do not change the version of the index: hence the minute.
_OFFERED: Kept[str, SafeString] = Kept(most=10, weigh=getsizeof, seconds=60)


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, "j'ai un besoin", three fresh sheets from places like mine, what waits for me."""
    asking = asking_of(request)
    offered = _offered_to_visitors() if asking.is_anonymous else _offered(asking)
    return render(request, "portal/home.html", {"offered": offered, "waiting": waiting_for(asking, limit=3)})


def _offered_to_visitors() -> SafeString:
    """The same for all visitors of one language: made once for each version of the index."""
    language, state = get_language() or "", f"{index_version()} {labels().edition}"
    offered = _OFFERED.get(language, state)
    if offered is None:
        offered = _offered(ANONYMOUS)
        _OFFERED.keep(language, state, offered)
    return offered


def _offered(asking: Asking) -> SafeString:
    """Needs and fresh sheets, as HTML; no token, no nonce, no name."""
    if asking.institutions:
        sheets = sheets_for_institutions_like(asking, asking.institutions)
    else:
        sheets = latest_sheets(asking)
    context = {
        "cards": sheet_cards(sheets),
        "needs": NEEDS,
        "like_mine": bool(asking.institutions),
    }
    return render_to_string("portal/_offered.html", context)
