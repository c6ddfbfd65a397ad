"""One's own recordings: sent, heard, corrected, put in the answer, thrown away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.foundation.files import refused_upload_size
from nuserus.foundation.files.ranges import serve_sound
from nuserus.foundation.files.sound import sound_too_heavy
from nuserus.foundation.policy import Unreadable
from nuserus.voice.actions.deposit import deposit, require_speaking
from nuserus.voice.actions.ending import throw_away
from nuserus.voice.actions.entrusting import entrust, take_back
from nuserus.voice.actions.placing import keep_correction, place_text
from nuserus.voice.enums import HELD
from nuserus.voice.models import Recording
from nuserus.voice.queries.recordings import readable_recording
from nuserus.voice.queries.shown import shown_recordings
from nuserus.voice.registry import place_of
from nuserus.voice.rules import can_change_recording


@login_not_required
@require_POST
@never_cache
def deposited(request: HttpRequest, kind: str, about: UUID, question: str) -> HttpResponse:
    """Take a recording in: for the program in JSON, for the form of the page by coming back to the question.

    The reply leaves after the commit: the middleware closes the transaction around the view.
    """
    if request.headers.get("Accept", "") == "application/json":
        return _deposited_by_program(request, kind, about, question)
    if asking_of(request).is_anonymous:
        return redirect("account_login")
    try:
        _take(request, kind, about, question)
        messages.success(request, _("Votre enregistrement est arrivé."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(f"{_address(kind, about, question)}#voix")


def _deposited_by_program(request: HttpRequest, kind: str, about: UUID, question: str) -> JsonResponse:
    if asking_of(request).is_anonymous:
        return _said(
            401, _("Votre session est terminée. Connectez-vous : l’enregistrement est gardé sur cet appareil.")
        )
    try:
        recording = _take(request, kind, about, question)
    except ValidationError as refusal:
        return _said(422, " ".join(refusal.messages))
    except PermissionDenied as refusal:
        return _said(403, str(refusal))
    except Http404:
        return _said(404, _("Cette question n’existe pas, ou plus."))
    return JsonResponse({"sha256": recording.sent_sha256, "recording": str(recording.pk)})


def _take(request: HttpRequest, kind: str, about: UUID, question: str) -> Recording:
    asking = asking_of(request)
    # first: a refusal of the file would tell that the question is there
    require_speaking(asking, kind, about, question)
    return deposit(actor=asking, kind=kind, about=about, question=question, upload=_upload(request))


def _upload(request: HttpRequest) -> UploadedFile[bytes]:
    sent = request.FILES.get("sound")
    heavy = refused_upload_size(request)
    if heavy:
        raise sound_too_heavy(heavy)
    if not isinstance(sent, UploadedFile):
        raise ValidationError(_("Choisissez d’abord un fichier son."))
    return sent


def _address(kind: str, about: UUID, question: str) -> str:
    place = place_of(kind)
    if place is None:
        raise Unreadable
    return place.address(about, question)


def _said(status: int, message: str) -> JsonResponse:
    return JsonResponse({"message": message}, status=status)


@require_safe
@never_cache
def listed(request: HttpRequest, kind: str, about: UUID, question: str) -> HttpResponse:
    """The recordings of a question as they stand, for the page to show again; who opens the address gets the page."""
    asking = asking_of(request)
    require_speaking(asking, kind, about, question)
    if request.headers.get("HX-Request") != "true":
        return redirect(_address(kind, about, question))
    return render(request, "voice/_list.html", shown_recordings(asking, kind, about, question))


@require_safe
def sound(request: HttpRequest, recording_id: UUID) -> HttpResponseBase:
    """The voice, to who spoke and to whoever writes it down; to nobody once it ended."""
    recording = readable_recording(asking_of(request), recording_id)
    if recording.state not in HELD:
        raise Unreadable
    return serve_sound(request, recording.file)


@require_POST
def text(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """« C’est bon »: the corrected text goes into the answer. Or only keep the correction."""
    recording = _own(request, recording_id)
    words = request.POST.get("text", "")
    try:
        if request.POST.get("do") == "keep":
            keep_correction(actor=asking_of(request), recording=recording, text=words)
            messages.success(request, _("Votre correction est gardée."))
        else:
            place_text(actor=asking_of(request), recording=recording, text=words, target=request.POST.get("target", ""))
            messages.success(request, _("Le texte est dans votre réponse. L’enregistrement est effacé."))
    except ValidationError as refusal:
        return _refused(request, recording, words, refusal)
    return redirect(_address(recording.kind, recording.about, recording.question))


def _refused(request: HttpRequest, recording: Recording, words: str, refusal: ValidationError) -> HttpResponse:
    """The correction once more, with what keeps it from the answer: not a word is lost."""
    place = place_of(recording.kind)
    asking = asking_of(request)
    context = {
        "recording": recording,
        "typed": words,
        "errors": refusal.messages,
        "chosen": request.POST.get("target", ""),
        "targets": place.targets(asking, recording.about, recording.question) if place else [],
        "back_url": _address(recording.kind, recording.about, recording.question),
    }
    return render(request, "voice/correcting.html", context, status=422)


@require_POST
def throw(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Delete one's recording."""
    recording = _own(request, recording_id)
    throw_away(actor=asking_of(request), recording=recording)
    messages.success(request, _("L’enregistrement est effacé. Vos réponses écrites n’ont pas changé."))
    return redirect(_address(recording.kind, recording.about, recording.question))


@require_POST
def entrusting(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Agree that a facilitator writes it down, or take that back."""
    recording = _own(request, recording_id)
    if request.POST.get("do") == "take_back":
        take_back(actor=asking_of(request), recording=recording)
        messages.success(request, _("Plus personne que vous ne peut écouter cet enregistrement."))
    else:
        entrust(actor=asking_of(request), recording=recording)
        messages.success(request, _("Merci. Une animatrice ou un animateur l’écrira ; vous relirez son texte ici."))
    return redirect(f"{_address(recording.kind, recording.about, recording.question)}#voix")


def _own(request: HttpRequest, recording_id: UUID) -> Recording:
    asking = asking_of(request)
    recording = readable_recording(asking, recording_id)
    can_change_recording.require(asking, recording)
    return recording
