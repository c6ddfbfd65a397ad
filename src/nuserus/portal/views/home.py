"""The first page: search, needs, what is fresh, what peers ask, what waits."""

from __future__ import annotations

from sys import getsizeof
from uuid import UUID

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

# By language and places. Names of places, campaigns and inventories do not change the version of the index:
# hence the minute.
_OFFERED: Kept[tuple[str, frozenset[UUID]], SafeString] = Kept(most=200, weigh=getsizeof, seconds=60)
_ASKED: Kept[str, SafeString] = Kept(most=10, weigh=getsizeof, seconds=60)
_BANNERS: Kept[str, SafeString] = Kept(most=10, weigh=getsizeof, seconds=60)

WAITING = 3
QUESTIONS = 3


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, what waits for me, "j'ai un besoin", what is new among places like mine, what peers ask."""
    asking = asking_of(request)
    state = f"{index_version()} {labels().edition}"
    context = {
        "offered": _offered(asking, state),
        "asked": _asked(asking, state),
        "campaign": _banner(request),
        "waiting": waiting_for(asking, limit=WAITING),
        "unread": unread_count(asking),
    }
    return render(request, "portal/home.html", context)


def _offered(asking: Asking, state: str) -> SafeString:
    """Needs and fresh sheets: the same for all who work in the same places, made once for each version of the index."""
    key = (get_language() or "", asking.institutions)
    kept = _OFFERED.get(key, state)
    if kept is None:
        like_mine = bool(asking.institutions)
        sheets = sheets_for_institutions_like(asking, asking.institutions) if like_mine else latest_sheets(asking)
        context = {"cards": sheet_cards(sheets), "needs": NEEDS, "like_mine": like_mine}
        kept = render_to_string("portal/_offered.html", context)
        _OFFERED.keep(key, state, kept)
    return kept


def _asked(asking: Asking, state: str) -> SafeString:
    """What peers ask and nobody answered: the same for all visitors; one who signed in may read more."""
    language = get_language() or ""
    kept = _ASKED.get(language, state) if asking.is_anonymous else None
    if kept is None:
        kept = render_to_string("portal/_asked.html", {"questions": unanswered_questions(asking, QUESTIONS)})
        if asking.is_anonymous:
            _ASKED.keep(language, state, kept)
    return kept


def _banner(request: HttpRequest) -> SafeString:
    """The campaign under way: public, so the same for everybody of one language."""
    language = get_language() or ""
    banner = _BANNERS.get(language, "")
    if banner is None:
        banner = campaign_banner(request)
        _BANNERS.keep(language, "", banner)
    return banner
