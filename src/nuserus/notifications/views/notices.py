"""« Avis »: what happened, for the person alone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.notifications.actions.choosing import choose_mail
from nuserus.notifications.actions.reading import mark_all_read, mark_read
from nuserus.notifications.forms.preferences import PreferencesForm
from nuserus.notifications.queries.notices import notice_of, notices_of, unread_count
from nuserus.notifications.queries.preferences import wishes_of
from nuserus.notifications.queries.told import told

PER_PAGE = 30


@require_safe
def own_notices(request: HttpRequest) -> HttpResponse:
    """The person's notices, last first."""
    asking = asking_of(request)
    page = Paginator(notices_of(asking), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "notices": told(page.object_list), "unread": unread_count(asking)}
    return render(request, "notifications/notices.html", context)


@require_safe
def open_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Go where a notice leads, and note that it was read."""
    asking = asking_of(request)
    notice = notice_of(asking, notice_id)
    (words,) = told([notice])
    mark_read(actor=asking, notice=notice)
    if not words.address:
        messages.info(request, _("Cet avis parle de quelque chose qui n’est plus ouvert pour vous."))
        return redirect("notices:list")
    return redirect(words.address)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark every notice as read."""
    mark_all_read(actor=asking_of(request))
    messages.success(request, _("Tous vos avis sont marqués comme lus."))
    return redirect("notices:list")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What to hear of by mail."""
    asking = asking_of(request)
    if asking.user_id is None:
        raise Unreadable
    form = PreferencesForm(
        request.POST if request.method == "POST" else None, wishes=wishes_of(asking.user_id), roles=asking.roles
    )
    if form.is_valid():
        choose_mail(actor=asking, wanted=form.wanted)
        messages.success(request, _("Vos choix sont enregistrés."))
        return redirect("notices:list")
    status = 422 if form.is_bound else 200
    return render(request, "notifications/preferences.html", {"form": form}, status=status)
