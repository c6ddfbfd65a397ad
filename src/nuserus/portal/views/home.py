"""The first page: search, needs, what is fresh, what waits."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.portal.queries.needs import NEEDS
from nuserus.portal.queries.waiting import waiting_for
from nuserus.practices.queries.listing import sheet_cards
from nuserus.practices.queries.sheets import latest_sheets, sheets_for_institutions_like


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One search box, "j'ai un besoin", three fresh sheets from places like mine, what waits for me."""
    asking = asking_of(request)
    if asking.institutions:
        sheets = sheets_for_institutions_like(asking, asking.institutions)
    else:
        sheets = latest_sheets(asking)
    context = {
        "cards": sheet_cards(sheets),
        "needs": NEEDS,
        "waiting": waiting_for(asking, limit=3),
        "like_mine": bool(asking.institutions),
    }
    return render(request, "portal/home.html", context)
