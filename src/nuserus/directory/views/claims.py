"""Becoming the referent of an institution, and letting another be it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.directory.actions import claim_institution as claims
from nuserus.directory.actions.decide_membership import name_referent
from nuserus.directory.forms import AskMembershipForm, HandOverForm, HowCheckedForm, UseCodeForm
from nuserus.directory.models import Institution, Membership
from nuserus.directory.queries import institutions_in_brief, own_membership_in
from nuserus.directory.queries.claims import is_last_referent, path_of_claim, successors
from nuserus.directory.rules import can_decide_membership, can_read_membership
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Ask to be the referent of this institution."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    membership = own_membership_in(asking, institution)
    if request.method != "POST" and membership is not None and (membership.is_referent or membership.claimed_at):
        return redirect(institution)
    sent = request.POST if request.method == "POST" else None
    form = AskMembershipForm(sent, initial={"trade": getattr(request.user, "trade_id", None)})
    if membership is not None:
        del form.fields["trade"]  # said when they joined
    if sent is not None and form.is_valid():
        try:
            membership = claims.claim_institution(actor=asking, institution=institution, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Votre demande est envoyée. Vous verrez la réponse dans votre espace."))
            if path_of_claim(institution, membership).by_code:
                return redirect("directory:claim_code", institution.pk)
            return redirect(institution)
    context = {
        "institution": institution,
        "form": form,
        "path": path_of_claim(institution, membership),
        "closed": institution.is_closed,
    }
    return render(request, "directory/claim.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def claim_code(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Have a code sent to the place, and give it back. A wrong one counts: nothing here rolls back."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    membership = own_membership_in(asking, institution)
    if membership is None or (membership.claimed_at is None and not membership.is_referent):
        raise Http404
    if membership.is_referent:
        return redirect(institution)
    form = UseCodeForm(request.POST if "code" in request.POST else None)
    try:
        if "send" in request.POST:
            claims.ask_code(actor=asking, institution=institution)
            messages.success(request, _("Un code part vers l’adresse du lieu. Demandez-le à qui lit ce courrier."))
            return redirect("directory:claim_code", institution.pk)
        if form.is_bound and form.is_valid():
            claims.use_code(actor=asking, institution=institution, code=form.cleaned_data["code"])
            messages.success(request, _("Vous êtes maintenant référent ou référente de ce lieu."))
            return redirect(institution)
    except ValidationError as problem:
        if form.is_bound:
            form.add_error("code", problem.messages[0])
        else:
            messages.error(request, problem.messages[0])
            return redirect("directory:claim_code", institution.pk)
    context = {"institution": institution, "form": form, "path": path_of_claim(institution, membership)}
    return render(request, "directory/claim_code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check_referent(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """A moderator who is not of the place names a referent and says how they checked."""
    asking = asking_of(request)
    rows = Membership.objects.select_related("institution__department", "account", "trade")
    membership = get_object_or_404(can_read_membership.filter(rows, asking), pk=membership_id)
    if not can_decide_membership.allows(asking, membership):
        raise Unreadable
    form = HowCheckedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            name_referent(actor=asking, membership=membership, how_checked=form.cleaned_data["how_checked"])
        except ValidationError as problem:
            form.add_error(None, problem.messages[0])
        else:
            messages.success(request, _("Cette personne est maintenant référente."))
            return redirect("directory:members", membership.institution_id)
    context = {
        "membership": membership,
        "institution": membership.institution,
        "form": form,
        "why": can_read_membership.why(asking, membership),
    }
    return render(request, "directory/check_referent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Be a referent no more: name who takes over, or read what follows."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    membership = own_membership_in(asking, institution)
    if membership is None or not membership.is_referent:
        raise Http404
    members, last = list(successors(asking, membership)), is_last_referent(membership)
    form = HandOverForm(request.POST if request.method == "POST" else None, members=members, last=last)
    if request.method == "POST" and form.is_valid() and _handed_over(request, institution, form, members):
        return redirect(institution)
    context = {
        "institution": institution,
        "form": form,
        "last": last,
        "alone": not members,
        "why": can_read_membership.why(asking, membership),
    }
    return render(request, "directory/hand_over.html", context)


def _handed_over(request: HttpRequest, institution: Institution, form: HandOverForm, members: list[Membership]) -> bool:
    asking, chosen = asking_of(request), form.cleaned_data["successor"]
    own = own_membership_in(asking, institution)
    if own is None:
        raise Http404
    try:
        claims.step_down(
            actor=asking,
            membership=own,
            successor=next((member for member in members if str(member.pk) == chosen), None),
            knows_what_follows=form.cleaned_data.get("knows_what_follows", False),
        )
    except ValidationError as problem:
        form.add_error(None, problem.messages[0])
        return False
    messages.success(request, _("Vous n’êtes plus référent ou référente. Vous restez membre de ce lieu."))
    return True
