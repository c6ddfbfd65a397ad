"""What the exchanges add to the pages of sheets, of the search, and of home."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nuserus.community.queries.campaigns import campaigns_of_today
from nuserus.community.queries.found import questions_found
from nuserus.foundation.asking import asking_of
from nuserus.practices.models import Sheet
from nuserus.practices.sections import LookedFor


def discussion_section(request: HttpRequest, sheet: Sheet) -> SafeString:
    """The way to the discussion of a sheet; what is there now is filled in when it comes into view."""
    return render_to_string("community/discussion/_section.html", {"sheet_id": sheet.pk}, request)


def questions_section(request: HttpRequest, looked: LookedFor) -> SafeString:
    """Questions on what was looked for, and the way to ask when no sheet answers."""
    found = questions_found(asking_of(request), looked.words)
    if not found and looked.total:
        return SafeString("")
    context = {"looked": looked, "questions": found}
    return render_to_string("community/questions/_found.html", context, request)


def campaign_banner(request: HttpRequest) -> SafeString:
    """The campaign under way, for the first page; "" when there is none."""
    now = campaigns_of_today(asking_of(request))
    if not now:
        return SafeString("")
    return render_to_string("community/campaigns/_banner.html", {"line": now[0]}, request)
