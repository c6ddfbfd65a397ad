"""One telling: the code to show, where to write, who signs, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.facilitation.actions.telling import leave_telling, show_code, sign_writing
from nuserus.facilitation.queries.state import telling_state
from nuserus.facilitation.queries.tellings import readable_telling
from nuserus.foundation.asking import asking_of


@require_safe
def telling(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """Where a telling is, for who tells and who writes."""
    asking = asking_of(request)
    shown = readable_telling(asking, telling_id)
    return render(request, "facilitation/telling.html", telling_state(asking, shown))


@require_POST
def code(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """Another code, for fifteen minutes."""
    asking = asking_of(request)
    shown = readable_telling(asking, telling_id)
    try:
        show_code(actor=asking, telling=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("facilitation:telling", shown.pk)


@require_POST
def leave(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """End the writing for two."""
    asking = asking_of(request)
    shown = readable_telling(asking, telling_id)
    try:
        leave_telling(actor=asking, telling=shown)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("C’est terminé. Ce qui est écrit est gardé, chez la personne qui raconte."))
    if shown.scope_author == asking.user_id:
        return redirect("facilitation:telling", shown.pk)
    return redirect("facilitation:start")


@require_POST
def sign(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """Whether who wrote is credited: both say so."""
    asking = asking_of(request)
    shown = readable_telling(asking, telling_id)
    sign_writing(actor=asking, telling=shown, wanted=request.POST.get("wanted") == "yes")
    messages.success(request, _("C’est noté."))
    return redirect("facilitation:telling", shown.pk)
