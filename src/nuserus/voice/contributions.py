"""What a page shows where one may answer aloud."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from nuserus.foundation.asking import asking_of
from nuserus.foundation.files.sound import LONGEST, SOUND_LIMIT
from nuserus.voice.queries.shown import shown_recordings
from nuserus.voice.registry import place_of


def speaking_panel(request: HttpRequest, kind: str, about: UUID, question: str) -> SafeString:
    """Where one answers a question aloud, and what one said before; "" where the person may not.

    The page that shows it must let the browser record (`foundation.powers.allow_recording`).
    """
    asking = asking_of(request)
    place = place_of(kind)
    if asking.user_id is None or place is None or not place.may_speak(asking, about, question):
        return SafeString("")
    context = {
        "deposit_url": reverse("voice:deposit", args=[kind, about, question]),
        "list_url": reverse("voice:list", args=[kind, about, question]),
        "key": f"{kind}/{about}/{question}",
        "account": asking.user_id,
        "longest": LONGEST,
        "limit": SOUND_LIMIT,
        "by_machine": bool(settings.NUSERUS_SPEECH_MODEL),
        **shown_recordings(asking, kind, about, question),
    }
    return render_to_string("voice/panel.html", context, request)
