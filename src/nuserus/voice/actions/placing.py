"""From the text of a recording to the answer: corrected by who spoke, added, and the sound goes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.plain import plain_text
from nuserus.foundation.policy import Unreadable
from nuserus.voice.actions.ending import end_recording
from nuserus.voice.enums import HELD, LONGEST_TRANSCRIPT, Ending, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.registry import place_of
from nuserus.voice.rules import can_change_recording


def place_text(*, actor: Asking, recording: Recording, text: str, target: str) -> None:
    """Add the corrected text to the answer, after what is there, and end the recording: both or neither.

    Twice is once: an ended recording adds nothing. Raises ValidationError in words when the text is
    empty or does not fit, Unreadable or PermissionDenied for who may not.
    """
    can_change_recording.require(actor, recording)
    place = place_of(recording.kind)
    if place is None:
        raise Unreadable
    words = plain_text(text)
    if not words:
        raise ValidationError(_("Il n’y a pas de texte. Écrivez-le, ou effacez l’enregistrement."))
    with transaction.atomic():
        locked = Recording.objects.select_for_update().get(pk=recording.pk)
        if locked.state not in HELD:
            return
        place.add(actor, locked.about, locked.question, target, words)
        end_recording(locked, Ending.PLACED, actor=actor.user_id)


def keep_correction(*, actor: Asking, recording: Recording, text: str) -> None:
    """Keep what was corrected so far. Raises ValidationError when it is too long."""
    can_change_recording.require(actor, recording)
    words = plain_text(text)
    if len(words) > LONGEST_TRANSCRIPT:
        raise ValidationError(_("Ce texte est trop long pour être gardé. Raccourcissez-le."))
    Recording.objects.filter(pk=recording.pk, state=RecordingState.WRITTEN).update(transcript=words)
