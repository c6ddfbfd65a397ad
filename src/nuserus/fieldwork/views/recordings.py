"""Recordings of interviews: received in pieces, heard, taken away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.fieldwork.actions.hearing import ask_hearing, stop_hearing
from nuserus.fieldwork.actions.recordings import (
    Announced,
    Standing,
    abandon_recording,
    begin_recording,
    deposit_recording,
    finish_recording,
    note_taken_away,
    recording_limit,
    standing_of,
    take_piece,
)
from nuserus.fieldwork.actions.recordings_ended import remove_recording
from nuserus.fieldwork.enums import RecordingOrigin, RecordingState
from nuserus.fieldwork.models import Recording
from nuserus.fieldwork.queries.interviews import may_be_heard, readable_interview, readable_recording
from nuserus.fieldwork.rules import can_change_interview, can_change_recording
from nuserus.foundation.asking import asking_of
from nuserus.foundation.files import megabytes, refused_upload_size
from nuserus.foundation.files.listening import SUFFIXES
from nuserus.foundation.files.ranges import serve_sound
from nuserus.foundation.policy import Unreadable

_SUM = re.compile(r"[0-9a-f]{64}")
# A browser's sums are as long as sums are; a size has no more figures than a disk.
_MOST_FIGURES = 15

View = Callable[..., HttpResponseBase]


def _for_programs(view: View) -> View:
    """What went wrong, in words that the program shows, as JSON."""

    @wraps(view)
    @never_cache
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ValidationError as refusal:
            return _said(422, " ".join(refusal.messages))
        except PermissionDenied as refusal:
            return _said(403, str(refusal))
        except RequestDataTooBig:
            return _said(413, _("Ce morceau est trop gros."))
        except Http404:
            return _said(404, _("Cet envoi n’existe pas, ou plus. Recommencez depuis la page de l’entretien."))

    return answered


def _said(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


def _given(request: HttpRequest) -> dict[str, Any]:
    try:
        given = json.loads(request.body or b"{}")
    except ValueError:
        given = {}
    return given if isinstance(given, dict) else {}


def _stands(standing: Standing, **more: Any) -> JsonResponse:
    return JsonResponse({"offset": standing.offset, **more}, status=200 if standing.placed else 409)


@require_POST
@_for_programs
def begin(request: HttpRequest, interview_id: UUID) -> HttpResponseBase:
    """Open an upload in pieces."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    given = _given(request)
    size, first, origin = given.get("size"), given.get("first"), given.get("origin", RecordingOrigin.FILE)
    if not isinstance(size, int) or isinstance(size, bool) or not _is_sum(first) or origin not in RecordingOrigin:
        return _said(400, _("Cette demande n’est pas celle d’un envoi."))
    recording = begin_recording(
        actor=asking, interview=found, announced=Announced(min(size, 10**_MOST_FIGURES), str(first), origin)
    )
    address = reverse("fieldwork:pieces", args=[recording.pk])
    return _stands(standing_of(actor=asking, recording=recording), url=address)


@require_http_methods(["GET", "HEAD", "PATCH"])
@_for_programs
def pieces(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """Up to where it is there; or its next piece."""
    asking = asking_of(request)
    recording = readable_recording(asking, recording_id)
    if request.method != "PATCH":
        return _stands(standing_of(actor=asking, recording=recording), size=recording.size)
    can_change_recording.require(asking, recording)
    offset, digest = request.headers.get("Upload-Offset", ""), request.headers.get("Upload-Sha256", "")
    if not (offset.isascii() and offset.isdigit() and len(offset) <= _MOST_FIGURES) or not _is_sum(digest):
        return _said(400, _("Ce morceau n’est pas de ceux que nous attendons."))
    content = bytes(request.body)
    return _stands(take_piece(actor=asking, recording=recording, offset=int(offset), content=content, sha256=digest))


@require_POST
@_for_programs
def finish(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """All pieces left."""
    asking = asking_of(request)
    recording = readable_recording(asking, recording_id)
    can_change_recording.require(asking, recording)
    whole = _given(request).get("sha256")
    if not _is_sum(whole):
        return _said(400, _("Cette demande n’est pas celle d’une fin d’envoi."))
    standing = finish_recording(actor=asking, recording=recording, sha256=str(whole))
    return _stands(standing, **({"sha256": whole} if standing.placed else {}))


@require_POST
@_for_programs
def abandon(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """Give up an upload: a program reads JSON, a form comes back to the interview."""
    recording = readable_recording(asking_of(request), recording_id)
    abandon_recording(actor=asking_of(request), recording=recording)
    if request.headers.get("Accept", "") == "application/json":
        return JsonResponse({"offset": 0})
    messages.success(request, _("L’envoi est abandonné : ce qui était arrivé est effacé."))
    return redirect("fieldwork:interview", recording.interview_id)


@require_POST
def deposit(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """A whole file in one request, without any program."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    can_change_interview.require(asking, found)
    try:
        deposit_recording(actor=asking, interview=found, upload=_upload(request))
        messages.success(request, _("L’enregistrement est arrivé en entier."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("fieldwork:interview", found.pk)


def _upload(request: HttpRequest) -> UploadedFile[bytes]:
    sent, heavy = request.FILES.get("sound"), refused_upload_size(request)
    if heavy:
        raise ValidationError(
            _(
                "Ce fichier fait %(size)s. Sans le programme de la page, la limite d’un envoi est de 20 Mo : "
                "autorisez JavaScript, il l’enverra en morceaux jusqu’à %(limit)s."
            )
            % {"size": megabytes(heavy), "limit": megabytes(recording_limit())}
        )
    if not isinstance(sent, UploadedFile):
        raise ValidationError(_("Choisissez d’abord un fichier son."))
    return sent


@require_safe
def sound(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """The sound, by ranges; to nobody once it ended, or while somebody of it does not agree any more."""
    recording = _audible(request, recording_id)
    # a player says what it is: whatever else asks for the sound keeps it
    if request.method == "GET" and request.headers.get("Sec-Fetch-Dest") not in ("audio", "video"):
        note_taken_away(actor=asking_of(request), recording=recording, piece=True)
    return serve_sound(request, recording.file, content_type=recording.media_type)


@require_safe
def download(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """The file, byte for byte as it came."""
    recording = _audible(request, recording_id)
    if request.method == "GET":
        note_taken_away(actor=asking_of(request), recording=recording, piece="Range" in request.headers)
    name = f"entretien-{recording.interview.held_on}{SUFFIXES.get(recording.media_type, '')}"
    return serve_sound(request, recording.file, content_type=recording.media_type, download=name)


def _audible(request: HttpRequest, recording_id: UUID) -> Recording:
    recording = readable_recording(asking_of(request), recording_id)
    if recording.state != RecordingState.STORED:
        raise Unreadable
    if not may_be_heard(recording.interview):
        raise PermissionDenied(_("Un accord pour enregistrer la voix n’est plus donné : on n’écoute plus."))
    return recording


@require_POST
def remove(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Take a recording away."""
    recording = readable_recording(asking_of(request), recording_id)
    remove_recording(actor=asking_of(request), recording=recording)
    messages.success(request, _("L’enregistrement est effacé. Le texte et les notes restent."))
    return redirect("fieldwork:interview", recording.interview_id)


@require_POST
def hear(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Let the machine write it, or stop it."""
    asking = asking_of(request)
    recording = readable_recording(asking, recording_id)
    try:
        if request.POST.get("do") == "stop":
            stop_hearing(actor=asking, recording=recording)
            messages.success(request, _("La machine s’arrête. Rien n’est gardé de ce qu’elle écrivait."))
        else:
            ask_hearing(actor=asking, recording=recording)
            messages.success(request, _("La machine écrit. Vous pouvez fermer cette page et revenir plus tard."))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("fieldwork:interview_text", recording.interview_id)


def _is_sum(given: object) -> bool:
    return isinstance(given, str) and _SUM.fullmatch(given) is not None
