"""Taking a recording in: acknowledged is stored, and the same sound twice is once."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.files.sizes import MEGABYTE
from nuserus.foundation.files.sound import sound_too_heavy, take_sound
from nuserus.foundation.levels import Level
from nuserus.foundation.missions import open_mission
from nuserus.foundation.policy import Unreadable
from nuserus.voice.enums import HELD_MEGABYTES, MOST_HELD, RecordingState
from nuserus.voice.models import Recording
from nuserus.voice.queries.recordings import held_by
from nuserus.voice.registry import place_of

TRANSCRIBE = "nuserus.voice.tasks.transcribe"


def deposit(*, actor: Asking, kind: str, about: UUID, question: str, upload: UploadedFile[bytes]) -> Recording:
    """Store what somebody said in answer to a question, and let it be written down.

    Raises Unreadable where nothing can be answered aloud, PermissionDenied for who may not answer,
    ValidationError in words when the file is not a sound that can be taken or too much is held already.
    """
    require_speaking(actor, kind, about, question)
    if (upload.size or 0) > 21 * MEGABYTE:
        raise sound_too_heavy(upload.size or 0)
    sent = hashlib.sha256(upload.read()).hexdigest()
    upload.seek(0)
    known = _known(actor, kind, about, question, sent)
    if known is not None:
        return known
    _refuse_too_much(actor, upload.size or 0)
    taken = take_sound(upload)
    recording = Recording(
        kind=kind,
        about=about,
        question=question,
        sent_sha256=sent,
        size=len(taken.content),
        seconds=taken.seconds,
        state=RecordingState.WAITING if settings.NUSERUS_SPEECH_MODEL else RecordingState.TO_WRITE,
        scope_level=Level.RESTRICTED,
        scope_author=actor.user_id,
    )
    recording.scope_mission = recording.pk
    try:
        recording.file.save("voix.m4a", ContentFile(taken.content), save=False)
        with transaction.atomic():
            open_mission(recording.pk)
            recording.save(force_insert=True)
    except IntegrityError:
        # sent twice at the same moment: the other one is stored
        _remove_file(recording)
        known = _known(actor, kind, about, question, sent)
        if known is None:
            raise
        return known
    except Exception:
        _remove_file(recording)  # the database forgets the row by itself, the disk forgets nothing
        raise
    record("record an answer", actor=actor.user_id, object_id=recording.pk)
    if recording.state == RecordingState.WAITING:
        app.configure_task(TRANSCRIBE).defer(recording_id=str(recording.pk), speaker_id=str(actor.user_id))
    return recording


def require_speaking(actor: Asking, kind: str, about: UUID, question: str) -> None:
    """Go on only where this person may answer this question aloud. Raises Unreadable or PermissionDenied."""
    place = place_of(kind)
    if place is None:
        raise Unreadable
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour enregistrer une réponse."))
    if not place.may_speak(actor, about, question):
        raise PermissionDenied(_("Vous ne pouvez pas répondre à cette question en ce moment."))


def _known(actor: Asking, kind: str, about: UUID, question: str, sent: str) -> Recording | None:
    return Recording.objects.filter(
        scope_author=actor.user_id, kind=kind, about=about, question=question, sent_sha256=sent
    ).first()


def _refuse_too_much(actor: Asking, size: int) -> None:
    held, weight = held_by(actor)
    if held >= MOST_HELD or weight + size > HELD_MEGABYTES * MEGABYTE:
        raise ValidationError(
            _(
                "Vous avez déjà %(held)s enregistrements en attente, c’est la limite. Ils sont gardés. "
                "Relisez-en ou effacez-en un, puis envoyez celui-ci."
            )
            % {"held": held},
            code="too_many",
        )


def _remove_file(recording: Recording) -> None:
    if recording.file.name:
        recording.file.storage.delete(recording.file.name)
