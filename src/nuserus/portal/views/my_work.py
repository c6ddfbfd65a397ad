"""My space: what waits for me, what I told, where I work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.directory.queries import own_memberships
from nuserus.foundation.asking import asking_of
from nuserus.notifications.queries.notices import unread_count
from nuserus.portal.queries.mine import own_trials
from nuserus.portal.queries.waiting import waiting_for
from nuserus.practices.queries.drafts import sheets_told_by


@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    asking = asking_of(request)
    memberships = list(own_memberships(asking).select_related("institution"))
    context = {
        "waiting": waiting_for(asking, limit=10),
        "sheets": sheets_told_by(asking).select_related("institution")[:30],
        "memberships": memberships,
        # Relatives, researchers and administrators need no institution: only professionals are asked.
        "to_place": not memberships and asking.roles <= {"member"},
        "needs_place": not asking.roles & {"accompanied", "relative"},
        "writes": "facilitator" in asking.roles,
        "trials": own_trials(asking)[:10],
        "unread": unread_count(asking),
    }
    return render(request, "portal/my_work.html", context)
