"""No more mail, in one tap from the mail itself (RFC 8058)."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nuserus.notifications.actions.stopping import Stop, read_stop, stop_address, stop_mail
from nuserus.notifications.enums import DIGEST, EVERYTHING
from nuserus.notifications.registry import notice_kind


@csrf_exempt  # a mail program posts, without a page of ours: the signed link is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks with one button, since programs that check mail follow links; POST stops."""
    wanted = read_stop(token)
    if wanted is None:
        return render(request, "notifications/stop_broken.html", status=404)
    if request.method == "POST":
        stop_mail(wanted)
    context = {
        "what": _name(wanted),
        "everything": wanted.kind == EVERYTHING,
        "done": request.method == "POST",
        "all_address": stop_address(Stop(wanted.account_id, EVERYTHING)),
    }
    response = render(request, "notifications/stop.html", context)
    # the token is in the address: it goes to nobody else, and the page into no index
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    return response


def _name(wanted: Stop) -> str:
    if wanted.kind == EVERYTHING:
        return _("tous les courriels")
    if wanted.kind == DIGEST:
        return _("le récapitulatif de la semaine")
    kind = notice_kind(wanted.kind)
    return str(kind.label) if kind else ""
