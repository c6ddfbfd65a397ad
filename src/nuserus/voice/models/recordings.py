"""A recorded answer, from the microphone to the text."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.voice.enums import Ending, RecordingState


def sound_name(recording: Recording, filename: str) -> str:
    """A name that says nothing and that nobody guesses; the extension is of our own encoding."""
    return f"sounds/{secrets.token_hex(2)}/{secrets.token_hex(16)}{PurePath(filename).suffix}"


class Recording(Scoped):
    """What somebody said in answer to one question of something; `kind` names who knows that thing.

    Its author is who spoke, its mission its own id: whoever writes it down is named on that. The sound
    leaves the disk once the text is in its place; the row stays and says when, without a word of it.
    """

    kind = models.SlugField(max_length=30)
    about = models.UUIDField(_("à propos de"))
    question = models.SlugField(_("question"), max_length=30)
    # What the browser sent: it forgets its copy when the reply repeats this.
    sent_sha256 = models.CharField(max_length=64)
    file = models.FileField(_("enregistrement"), upload_to=sound_name, blank=True)
    size = models.PositiveIntegerField()
    seconds = models.FloatField(_("durée"))
    state = models.CharField(_("état"), max_length=10, choices=RecordingState, default=RecordingState.WAITING)
    recorded_at = models.DateTimeField(_("reçu le"), auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    transcript = models.TextField(_("texte"), max_length=20_000, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.UUIDField(_("écrit par"), null=True, blank=True, help_text=_("vide : par la machine"))
    entrusted_at = models.DateTimeField(_("confié le"), null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    sound_deleted_at = models.DateTimeField(_("son effacé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("réponse enregistrée")
        verbose_name_plural = _("réponses enregistrées")
        ordering = ["recorded_at", "id"]
        indexes = [
            models.Index(fields=["kind", "about", "question"], name="recording_of_question"),
            models.Index(fields=["state", "recorded_at"], name="recording_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["scope_author", "kind", "about", "question", "sent_sha256"], name="recording_sent_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_mission=F("id"),
                    scope_author__isnull=False,
                    scope_institution=None,
                ),
                name="recording_scope",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | Q(~Q(ending=""), ended_at__isnull=False, transcript=""),
                name="recording_ended_keeps_no_word",
            ),
            models.CheckConstraint(
                condition=Q(sound_deleted_at__isnull=True) | Q(ended_at__isnull=False, file=""),
                name="recording_sound_leaves_at_the_end",
            ),
        ]
