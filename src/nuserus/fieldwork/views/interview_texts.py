"""The text of an interview: typed beside the player, imported, written by the machine, put in the corpus."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.fieldwork.actions.transcripts import (
    NewerText,
    bind_voices,
    clear_text,
    import_text,
    keep_text,
    pour_text,
    typed_of,
    voices_of,
)
from nuserus.fieldwork.enums import Hearing, RecordingState
from nuserus.fieldwork.models import Interview
from nuserus.fieldwork.queries.interviews import (
    is_being_heard,
    may_be_heard,
    readable_interview,
    recordings_of,
    turns_of_interview,
)
from nuserus.fieldwork.queries.typed import INTERVIEWERS, clock, is_interviewer, write_typed
from nuserus.fieldwork.rules import can_change_interview
from nuserus.foundation.asking import Asking, asking_of
from nuserus.voice.queries.model import model_problem

_APART = "\u001f"


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Typing beside the player; without any program, a form that is kept when it is sent."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    typed, status, errors = None, 200, []
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            keep_text(actor=asking, interview=found, text=typed, revision=_number(request.POST.get("revision")))
        except NewerText:
            status, found = 409, readable_interview(asking, interview_id)
        except ValidationError as refusal:
            status, errors = 422, refusal.messages
        else:
            messages.success(request, _("Le texte est gardé."))
            return redirect("fieldwork:interview_text", found.pk)
    context = {**_context(asking, found), "errors": errors, "meanwhile": status == 409}
    context["kept"] = context["typed"]
    if typed is not None:
        context["typed"] = typed
    return render(request, "fieldwork/interview_text.html", context, status=status)


def _context(asking: Asking, found: Interview) -> dict[str, object]:
    turns = turns_of_interview(asking, found)
    sounds = [one for one in recordings_of(asking, found) if one.state == RecordingState.STORED]
    voices = list(voices_of(found))
    unbound = dict.fromkeys(
        turn.speaker for turn in turns if turn.participant_id is None and not is_interviewer(turn.speaker)
    )
    # as the text calls who asks; a woman, a man, before it does
    asks = list(dict.fromkeys(turn.speaker for turn in turns if is_interviewer(turn.speaker))) or [*INTERVIEWERS[:2]]
    folder = settings.NUSERUS_SPEECH_MODEL
    changes = can_change_interview.allows(asking, found)
    return {
        "interview": found,
        "study": found.study,
        "changes": changes,
        "writable": changes and found.source_id is None and found.withheld_at is None,
        "typed": write_typed(turns),
        "turns": turns,
        "sounds": sounds,
        "audible": may_be_heard(found),
        "heard": is_being_heard(sounds),
        "failed": any(one.hearing == Hearing.FAILED for one in sounds),
        "voices": voices,
        "voice_list": _APART.join([asks[0], *voices]),
        "interviewer": asks[0],
        "called": [*asks, *voices],
        "people": [(name, str(pk)) for name, pk in voices_of(found).items()],
        "unbound": list(unbound),
        "masked": any(turn.redacted_at or turn.withheld_at for turn in turns),
        "machine": bool(folder) and not model_problem(folder),
        "machine_problem": model_problem(folder) if folder else "",
        "account": asking.user_id,
    }


@require_POST
@never_cache
def save(request: HttpRequest, interview_id: UUID) -> JsonResponse:
    """What the program `drafts` sends while one types."""
    asking = asking_of(request)
    try:
        found = readable_interview(asking, interview_id)
        can_change_interview.require(asking, found)
        given = json.loads(request.body or b"{}")
        typed, revision = str(given["fields"]["text"]), int(given["revision"])
        kept = keep_text(actor=asking, interview=found, text=typed, revision=revision)
    except NewerText:
        now = readable_interview(asking, interview_id)
        return JsonResponse({"revision": now.revision, "fields": {"text": typed_of(asking, now)}}, status=409)
    except ValidationError as refusal:
        return JsonResponse({"message": " ".join(refusal.messages)}, status=422)
    except PermissionDenied as refusal:
        return JsonResponse({"message": str(refusal)}, status=403)
    except Http404:
        return JsonResponse({"message": _("Cet entretien n’existe pas, ou plus.")}, status=404)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return JsonResponse({"message": _("Cette demande n’est pas celle d’un texte.")}, status=400)
    return JsonResponse({"revision": kept.revision, "saved_at": kept.at.isoformat()})


@require_safe
def progress(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """How far the machine is; who opens the address gets the page."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    if request.headers.get("HX-Request") != "true":
        return redirect("fieldwork:interview_text", found.pk)
    sounds = [one for one in recordings_of(asking, found) if one.state == RecordingState.STORED]
    lines = [
        {
            "recording": one,
            "percent": min(99, int(100 * one.heard_seconds / one.seconds)) if one.seconds else 0,
            "now": clock(int(one.heard_seconds)),
            "whole": clock(int(one.seconds)),
        }
        for one in sounds
        if one.hearing != Hearing.NONE
    ]
    context = {"interview": found, "lines": lines, "heard": is_being_heard(sounds)}
    response = render(request, "fieldwork/_interview_progress.html", context)
    if not context["heard"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def bring(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Import a transcript of another program."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    can_change_interview.require(asking, found)
    sent = request.FILES.get("transcript")
    if not isinstance(sent, UploadedFile):
        messages.error(request, _("Choisissez d’abord le fichier d’une transcription."))
        return redirect("fieldwork:interview_text", found.pk)
    try:
        for line in import_text(actor=asking, interview=found, upload=sent):
            messages.success(request, line)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("fieldwork:interview_text", found.pk)


@require_POST
def bind(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Say who the names of the text are."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    names = request.POST.getlist("speaker")
    who = dict(zip(names, request.POST.getlist("who"), strict=False))
    try:
        bind_voices(actor=asking, interview=found, who={name: said for name, said in who.items() if said})
        messages.success(request, _("C’est noté."))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("fieldwork:interview_text", found.pk)


@require_POST
def clear(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Forget what is typed."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    try:
        clear_text(actor=asking, interview=found)
        messages.success(request, _("Le texte est effacé."))
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect("fieldwork:interview_text", found.pk)


@require_POST
def pour(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Put the text in the corpus."""
    asking = asking_of(request)
    found = readable_interview(asking, interview_id)
    try:
        pour_text(actor=asking, interview=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("fieldwork:interview_text", found.pk)
    messages.success(request, _("Le texte est dans le corpus. Il reste à le pseudonymiser avant de le coder."))
    return redirect("fieldwork:interview", found.pk)


def _number(given: str | None) -> int:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) <= 9 else -1
