"""The first page: search, needs, what is fresh, what peers ask, what waits."""

from __future__ import annotations

from sys import getsizeof

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from nuserus.community.contributions.sections import campaign_banner
from nuserus.community.queries.questions import unanswered_questions
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.kept import Kept
from nuserus.notifications.queries.notices import unread_count
from nuserus.portal.queries.needs import NEEDS
from nuserus.portal.queries.waiting import waiting_for
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.listing import sheet_cards
from nuserus.practices.queries.sheets import latest_sheets, sheets_for_institutions_like
from nuserus.search.queries.version import index_version

# By language. Names of places, campaigns and answers do not change the version of the index: hence the minute.
_OFFERED: Kept[str, SafeString] = Kept(most=10, weigh=getsizeof, seconds=60)
_BANNERS: Kept[str, SafeString] = Kept(most=10, weigh=getsizeof, seconds=60)

WAITING = 3
QUESTIONS = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, what waits for me, "j'ai un besoin", what is new among places like mine, what peers ask."""
    asking = asking_of(request)
    offered = _offered_to_visitors(request) if asking.is_anonymous else _offered(request, asking)
    context = {
        "offered": offered,
        "waiting": waiting_for(asking, limit=WAITING),
        "unread": unread_count(asking),
    }
    return render(request, "portal/home.html", context)


def _offered_to_visitors(request: HttpRequest) -> SafeString:
    """The same for all visitors of one language: made once for each version of the index."""
    language, state = get_language() or "", f"{index_version()} {labels().edition}"
    offered = _OFFERED.get(language, state)
    if offered is None:
        offered = _offered(request, asking_of(request))
        _OFFERED.keep(language, state, offered)
    return offered


def _offered(request: HttpRequest, asking: Asking) -> SafeString:
    """Needs, the campaign, fresh sheets and questions, as HTML; no token, no nonce, no name of who asks."""
    if asking.institutions:
        sheets = sheets_for_institutions_like(asking, asking.institutions)
    else:
        sheets = latest_sheets(asking)
    context = {
        "campaign": _banner(request),
        "cards": sheet_cards(sheets),
        "needs": NEEDS,
        "like_mine": bool(asking.institutions),
        "questions": unanswered_questions(asking, QUESTIONS),
    }
    return render_to_string("portal/_offered.html", context)


def _banner(request: HttpRequest) -> SafeString:
    """The campaign under way: public, so the same for everybody of one language."""
    language = get_language() or ""
    banner = _BANNERS.get(language, "")
    if banner is None:
        banner = campaign_banner(request)
        _BANNERS.keep(language, "", banner)
    return banner
