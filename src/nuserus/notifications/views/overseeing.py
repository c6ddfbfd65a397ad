"""How the mail does, for who runs the service: counts and Message-IDs, no recipient and no word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.foundation.asking import asking_of
from nuserus.foundation.queue import waiting_jobs
from nuserus.notifications.actions.writing import message_id_of
from nuserus.notifications.queries.due import sendings_counted, sendings_in_doubt


@require_safe
def sendings(request: HttpRequest) -> HttpResponse:
    """Mails by state, those in doubt, and whether the jobs go on."""
    asking = asking_of(request)
    context = {
        "counts": sendings_counted(asking),
        "doubts": [(doubt, message_id_of(doubt.id)) for doubt in sendings_in_doubt(asking)],
        "jobs": waiting_jobs(),
    }
    return render(request, "notifications/sendings.html", context)
