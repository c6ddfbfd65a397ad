"""Where the browser saves answers while they are typed: JSON in, JSON out, never a redirect."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from nuserus.foundation.asking import asking_of
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.forms.telling import APART

MAX_REVISION = 2_000_000_000


@login_not_required
@require_POST
@never_cache
def save(request: HttpRequest, sheet_id: UUID, question: str) -> JsonResponse:
    """Save one question. 200 saved, 401 signed out, 403, 404, 409 another text is there, 413, 422.

    The reply leaves after the commit: the middleware closes the transaction around the view.
    """
    asking = asking_of(request)
    if asking.is_anonymous:
        return _said(401, _("Votre session est terminée. Connectez-vous : votre texte est gardé sur cet appareil."))
    try:
        outcome = save_answer(actor=asking, sheet_id=sheet_id, typed=_typed(request, question))
    except (RequestDataTooBig, ValidationError, PermissionDenied, Http404) as refusal:
        return _refused(refusal)
    if isinstance(outcome, Conflict):
        return JsonResponse({"revision": outcome.revision, "fields": outcome.fields}, status=409)
    return JsonResponse({"revision": outcome.revision, "saved_at": outcome.saved_at.isoformat()})


def _typed(request: HttpRequest, question: str) -> Typed:
    """What the body says. Raises ValidationError when it is not a save."""
    try:
        body: Any = json.loads(request.body)
        fields, revision = body["fields"], body["revision"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ValidationError(_("L’enregistrement n’a pas été compris.")) from error
    if not isinstance(fields, dict) or not isinstance(revision, int) or not 0 <= revision <= MAX_REVISION:
        raise ValidationError(_("L’enregistrement n’a pas été compris."))
    return Typed(question, {name: value for name, value in fields.items() if name not in APART}, revision)


def _refused(refusal: Exception) -> JsonResponse:
    if isinstance(refusal, RequestDataTooBig):
        return _said(413, _("Ce texte est trop long pour être enregistré. Raccourcissez-le."))
    if isinstance(refusal, PermissionDenied):
        return _said(403, str(refusal))
    if not isinstance(refusal, ValidationError):
        return _said(404, _("Cette fiche n’existe pas, ou plus."))
    errors = refusal.message_dict if hasattr(refusal, "error_dict") else {"__all__": refusal.messages}
    message = " ".join(text for texts in errors.values() for text in texts)
    return JsonResponse({"errors": errors, "message": message[:500]}, status=422)


def _said(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)
