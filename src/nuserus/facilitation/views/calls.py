"""« Aucun créneau ne me va »: asking to be called back, and answering."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.facilitation.actions.meeting import answer_call, ask_call, cancel_call
from nuserus.facilitation.forms.meeting import AnswerCallForm, CallForm
from nuserus.facilitation.queries.meetings import readable_call
from nuserus.facilitation.rules import can_answer_call
from nuserus.foundation.asking import asking_of


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Say when and how."""
    form = CallForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask_call(actor=asking_of(request), when=form.cleaned_data["when"], how=form.cleaned_data["how"])
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Votre demande est partie. La réponse arrivera ici, et dans vos avis."))
        return redirect("facilitation:start")
    return render(request, "facilitation/ask_call.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def cancel(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """Take back one's request."""
    asking = asking_of(request)
    try:
        cancel_call(actor=asking, call=readable_call(asking, call_id))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Votre demande est annulée."))
    return redirect("facilitation:start")


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, call_id: UUID) -> HttpResponse:
    """A facilitator answers, with a slot kept for that person if it fits."""
    asking = asking_of(request)
    call = readable_call(asking, call_id)
    if not can_answer_call.allows(asking, call):
        raise PermissionDenied(_("Les animateurs et animatrices répondent aux demandes."))
    form = AnswerCallForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            answer_call(actor=asking, call=call, words=given["words"], starts_at=form.moment(), how=given["how"])
            messages.success(request, _("Votre réponse est partie."))
            return redirect("facilitation:start")
        except ValidationError as refusal:
            form.refuse(refusal)
    context = {"call": call, "form": form}
    return render(request, "facilitation/answer_call.html", context, status=422 if form.is_bound else 200)
