"""The page of the referents: who asks, who is a member; and the requests that wait elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.directory.actions import decide_membership as decisions
from nuserus.directory.models import Membership
from nuserus.directory.queries import (
    institutions_in_brief,
    may_answer_requests,
    may_manage_members,
    memberships_to_manage,
    requests_waiting_for,
)
from nuserus.directory.rules import can_read_membership
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable

PER_PAGE = 50

# What a button of the page asks for: the action, and what is said once it is done.
DECISIONS: dict[str, tuple[Callable[..., None], Promise | str]] = {
    "confirm": (decisions.confirm_membership, _("La demande est acceptée.")),
    "refuse": (decisions.refuse_membership, _("La demande est refusée.")),
    "end": (decisions.end_membership, _("Cette personne n’est plus membre.")),
    "name_referent": (decisions.name_referent, _("Cette personne est maintenant référente.")),
    "refuse_claim": (decisions.refuse_claim, _("Cette personne reste membre, sans être référente.")),
    "release_referent": (decisions.release_referent, _("Cette personne n’est plus référente.")),
}


@require_safe
def members(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Requests and members of an institution, for its referents and for moderators."""
    asking = asking_of(request)
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    if not may_manage_members(asking, institution):
        raise Unreadable
    rows = memberships_to_manage(asking, institution)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "institution": institution,
        "page": page,
        "why": _why(asking, page),
        "of_the_place": institution.pk in asking.managed,
    }
    return render(request, "directory/members.html", context)


@require_POST
def decide(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Confirm, refuse, end, name or release a referent."""
    asking = asking_of(request)
    rows = Membership.objects.select_related("institution", "account")
    membership = get_object_or_404(can_read_membership.filter(rows, asking), pk=membership_id)
    action, done = DECISIONS.get(request.POST.get("decision", ""), (None, ""))
    if action is None:
        return HttpResponseBadRequest(_("Ce bouton n’existe pas. Revenez à la liste des membres."))
    if action is decisions.name_referent and membership.institution_id not in asking.managed:
        return redirect("directory:check_referent", membership.pk)
    try:
        action(actor=asking, membership=membership)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        messages.success(request, str(done))
    return redirect("directory:members", membership.institution_id)


@require_safe
def requests_waiting(request: HttpRequest) -> HttpResponse:
    """Requests that wait for the person's answer, in every place."""
    asking = asking_of(request)
    if not may_answer_requests(asking):
        raise Unreadable
    page = Paginator(requests_waiting_for(asking), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "directory/requests.html", {"page": page, "why": _why(asking, page)})


def _why(asking: Asking, page: Page[Membership]) -> str:
    """The sentence of the first row: the same holds for the whole list."""
    return can_read_membership.why(asking, page[0]) if len(page) else ""
