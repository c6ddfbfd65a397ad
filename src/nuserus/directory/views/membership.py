"""Joining and leaving an institution."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.directory.actions import ask_membership as asking_actions
from nuserus.directory.forms import AskMembershipForm, KnowsForm
from nuserus.directory.models import Institution
from nuserus.directory.queries import institutions_in_brief, own_membership_in
from nuserus.directory.queries.claims import is_last_referent
from nuserus.directory.rules import can_read_membership
from nuserus.foundation.asking import asking_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask_membership(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Ask to be a member of this institution."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    if request.method != "POST" and own_membership_in(asking, institution) is not None:
        return redirect(institution)
    own_trade = getattr(request.user, "trade_id", None)
    form = AskMembershipForm(request.POST if request.method == "POST" else None, initial={"trade": own_trade})
    if request.method == "POST" and form.is_valid() and _was_asked(request, institution, form):
        return redirect(institution)
    context = {"institution": institution, "form": form}
    return render(request, "directory/ask_membership.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leave_institution(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Leave this institution, or take the request back, after one confirmation."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    membership = own_membership_in(asking, institution)
    if membership is None:
        raise Http404
    last = is_last_referent(membership)
    form = KnowsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (not last or form.is_valid()):
        asking_actions.leave_institution(actor=asking, membership=membership, knows_what_follows=last)
        messages.success(request, _("Vous n’êtes plus rattaché·e à cet établissement."))
        return redirect(institution)
    context = {
        "institution": institution,
        "membership": membership,
        "form": form if last else None,
        "why": can_read_membership.why(asking, membership),
    }
    return render(request, "directory/leave_institution.html", context)


def _was_asked(request: HttpRequest, institution: Institution, form: AskMembershipForm) -> bool:
    try:
        asking_actions.ask_membership(actor=asking_of(request), institution=institution, **form.cleaned_data)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Votre demande est envoyée. Vous verrez la réponse dans votre espace."))
    return True
