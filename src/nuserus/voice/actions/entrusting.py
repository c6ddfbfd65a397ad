"""When no machine writes it down: the person entrusts a recording, a facilitator takes it and writes."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.missions import revoke_mission
from nuserus.foundation.models.base import new_id
from nuserus.foundation.plain import plain_text
from nuserus.voice.enums import LONGEST_TRANSCRIPT, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.rules import can_change_recording, can_write_down_recording


@transaction.atomic
def entrust(*, actor: Asking, recording: Recording) -> None:
    """Agree that a facilitator listens to one's recording and writes it down."""
    locked = _own(actor, recording)
    if locked.state != RecordingState.TO_WRITE or locked.entrusted_at is not None:
        return
    locked.entrusted_at = timezone.now()
    locked.save(update_fields=["entrusted_at"])
    record("entrust a recording", actor=actor.user_id, object_id=locked.pk)


@transaction.atomic
def take_back(*, actor: Asking, recording: Recording) -> None:
    """Take the agreement back: whoever had taken the recording can't hear it any more."""
    locked = _own(actor, recording)
    if locked.entrusted_at is None:
        return
    holder = locked.taken_by
    locked.entrusted_at = locked.taken_by = locked.taken_at = None
    locked.save(update_fields=["entrusted_at", "taken_by", "taken_at"])
    if holder is not None:
        revoke_mission(locked.pk, holder)
    record("take back a recording", actor=actor.user_id, object_id=locked.pk)


def take_recording(*, actor: Asking, recording_id: UUID) -> bool:
    """Take what was entrusted, for oneself alone; false when somebody was quicker or it is not there.

    Raises PermissionDenied for who is not a facilitator.
    """
    require_facilitator(actor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_take_recording(%s, %s)", [recording_id, new_id()])
        (taken,) = cursor.fetchone()
    if taken:
        record("take a recording to write down", actor=actor.user_id, object_id=recording_id)
    return bool(taken)


@transaction.atomic
def write_down(*, actor: Asking, recording: Recording, text: str) -> None:
    """Hand the text to who spoke, and stop hearing the recording.

    Raises ValidationError when there is no text or it is too long, Unreadable or PermissionDenied.
    """
    can_write_down_recording.require(actor, recording)
    words = plain_text(text)
    if not words:
        raise ValidationError(_("Écrivez ce que vous entendez, ou rendez l’enregistrement à la file."))
    if len(words) > LONGEST_TRANSCRIPT:
        raise ValidationError(_("Ce texte est trop long. Il reste dans cette page : raccourcissez-le."))
    locked = _taken(actor, recording)
    locked.transcript = words
    locked.state = RecordingState.WRITTEN
    locked.written_at, locked.written_by = timezone.now(), actor.user_id
    locked.save(update_fields=["transcript", "state", "written_at", "written_by"])
    record("write down a recording", actor=actor.user_id, object_id=locked.pk)
    _leave(actor, locked)


@transaction.atomic
def give_back(*, actor: Asking, recording: Recording) -> None:
    """Put what one took back into the queue, and stop hearing it."""
    can_write_down_recording.require(actor, recording)
    locked = _taken(actor, recording)
    locked.taken_by = locked.taken_at = None
    locked.save(update_fields=["taken_by", "taken_at"])
    _leave(actor, locked)


def require_facilitator(actor: Asking) -> None:
    """Raise PermissionDenied unless the person facilitates."""
    if "facilitator" not in actor.roles:
        raise PermissionDenied(_("Les enregistrements confiés sont écrits par les animatrices et animateurs."))


def _own(actor: Asking, recording: Recording) -> Recording:
    can_change_recording.require(actor, recording)
    return Recording.objects.select_for_update().get(pk=recording.pk)


def _taken(actor: Asking, recording: Recording) -> Recording:
    locked = Recording.objects.select_for_update().get(pk=recording.pk)
    if locked.taken_by != actor.user_id or locked.state != RecordingState.TO_WRITE:
        raise ValidationError(_("Cet enregistrement n’est plus à écrire par vous. Rien n’a changé."))
    return locked


def _leave(actor: Asking, recording: Recording) -> None:
    if actor.user_id is not None:
        revoke_mission(recording.pk, actor.user_id)
