"""The secret address of a person's calendar."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.foundation.asking import acting_as, asking_of
from nuserus.studies.actions.scheduling import make_feed, remove_feed
from nuserus.studies.queries.calendar import feed_of, feed_owner, has_feed


@require_http_methods(["GET", "HEAD", "POST"])
def own_feed(request: HttpRequest) -> HttpResponse:
    """Make, change or remove it. The address is in one answer only: what is kept is its fingerprint."""
    asking = asking_of(request)
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "remove":
            remove_feed(actor=asking)
            messages.success(request, _("L’adresse est supprimée : elle ne répond plus."))
            return redirect("studies:feed")
        secret = make_feed(actor=asking)
        address = request.build_absolute_uri(reverse("studies:served_feed", args=[secret]))
    return render(request, "studies/feed.html", {"address": address, "has_feed": has_feed(asking)})


@login_not_required
@require_safe
def served_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar, for a program that knows the address: what its owner may read now."""
    owner = feed_owner(secret)
    if owner is None:
        raise Http404
    with acting_as(owner) as asking:
        content = feed_of(asking)
    response = HttpResponse(content, content_type="text/calendar")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
