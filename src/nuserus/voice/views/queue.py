"""For facilitators: what people entrusted to be written down."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.voice.actions.entrusting import give_back, require_facilitator, take_recording, write_down
from nuserus.voice.forms.writing import WritingForm
from nuserus.voice.models import Recording
from nuserus.voice.queries.recordings import readable_recording, taken_by, waiting_to_be_written
from nuserus.voice.queries.shown import minutes
from nuserus.voice.rules import can_write_down_recording

MAX_SHOWN = 50


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What I took, then what nobody took."""
    asking = asking_of(request)
    require_facilitator(asking)
    context = {
        "mine": [{"recording": one, "length": minutes(one.seconds)} for one in taken_by(asking)[:MAX_SHOWN]],
        "waiting": [{"line": one, "length": minutes(one.seconds)} for one in waiting_to_be_written()[:MAX_SHOWN]],
    }
    return render(request, "voice/queue.html", context)


@require_POST
def take(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Take a recording, for oneself alone."""
    if not take_recording(actor=asking_of(request), recording_id=recording_id):
        messages.info(request, _("Quelqu’un vient de le prendre, ou il n’est plus à écrire."))
        return redirect("voice:queue")
    return redirect("voice:write", recording_id)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, recording_id: UUID) -> HttpResponse:
    """Listen and write down, or give back to the queue."""
    asking = asking_of(request)
    recording = readable_recording(asking, recording_id)
    can_write_down_recording.require(asking, recording)
    form = WritingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            if _handed_over(request, recording, form):
                return redirect("voice:queue")
        except ValidationError as refusal:
            form.add_error("text", refusal)
    context = {
        "form": form,
        "recording": recording,
        "length": minutes(recording.seconds),
        "why": can_write_down_recording.why(asking, recording),
    }
    return render(request, "voice/writing.html", context, status=422 if form.errors else 200)


def _handed_over(request: HttpRequest, recording: Recording, form: WritingForm) -> bool:
    """Give back or hand the text over; false when there is no text. Raises ValidationError."""
    asking = asking_of(request)
    if request.POST.get("do") == "give_back":
        give_back(actor=asking, recording=recording)
        messages.success(request, _("L’enregistrement est de nouveau dans la file."))
        return True
    if not form.is_valid():
        return False
    write_down(actor=asking, recording=recording, text=form.cleaned_data["text"])
    messages.success(request, _("Merci. La personne va relire votre texte."))
    return True
