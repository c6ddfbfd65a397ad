"""Answering an invitation: one's own, one's institution's, or the one behind a link."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.studies.actions.inviting import answer_invitation, answer_place, take_seat
from nuserus.studies.queries.circles import invitation_by_link, own_invitations, place_invitations


@require_POST
def answer(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Say yes or no to one's own invitation."""
    asking = asking_of(request)
    invitation = next((one for one in own_invitations() if one.seat == seat_id), None)
    if invitation is None:
        raise Unreadable
    yes = request.POST.get("answer") == "yes"
    answer_invitation(actor=asking, invitation=invitation, yes=yes)
    if not yes:
        messages.success(request, _("C’est noté. La personne responsable de l’étude est prévenue."))
        return redirect("studies:list")
    messages.success(request, _("Vous prenez part à cette étude. Merci !"))
    return redirect("studies:detail", invitation.study)


@require_POST
def answer_for_place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Say yes or no for an institution whose referent one is."""
    asking = asking_of(request)
    invitation = next((one for one in place_invitations() if one.place == place_id), None)
    if invitation is None:
        raise Unreadable
    yes = request.POST.get("answer") == "yes"
    answer_place(actor=asking, invitation=invitation, yes=yes)
    messages.success(
        request,
        _("%(place)s prend part à l’étude.") % {"place": invitation.institution}
        if yes
        else _("C’est noté. La personne responsable de l’étude est prévenue."),
    )
    return redirect("studies:list")


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """What a link invites to, and sitting down there."""
    asking = asking_of(request)
    invitation = invitation_by_link(secret)
    if request.method == "POST":
        try:
            take_seat(actor=asking, secret=secret, invitation=invitation)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return redirect("studies:list")
        messages.success(request, _("Vous prenez part à cette étude. Merci !"))
        return redirect("studies:detail", invitation.study)
    response = render(request, "studies/invitation.html", {"invitation": invitation})
    response["Referrer-Policy"] = "no-referrer"
    return response
