"""The sound of an interview: how it arrives, where it is, when it goes."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.enums import Hearing, RecordingEnding, RecordingOrigin, RecordingState
from nuserus.fieldwork.models.interviews import Interview
from nuserus.foundation.models import Scoped


def recording_name(_recording: Recording | None = None, _filename: str = "") -> str:
    """A name that says nothing and that nobody guesses."""
    return f"recordings/{secrets.token_hex(2)}/{secrets.token_hex(16)}"


class Recording(Scoped):
    """A recording of an interview, byte for byte as it came. As open as the interview.

    While it arrives, the disk has at least `received` bytes of its `size`. The row stays when the sound
    goes, and says why and when. The database refuses one of somebody who does not agree to be recorded.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="recordings")
    state = models.CharField(_("état"), max_length=8, choices=RecordingState, default=RecordingState.ARRIVING)
    origin = models.CharField(_("d’où"), max_length=10, choices=RecordingOrigin, default=RecordingOrigin.FILE)
    file = models.FileField(_("fichier"), upload_to=recording_name, blank=True)
    media_type = models.CharField(_("type"), max_length=20, blank=True)
    size = models.PositiveBigIntegerField(_("poids"))
    received = models.PositiveBigIntegerField(_("reçu"), default=0)
    # Of the first piece: the same file chosen again goes on where it was.
    first_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    seconds = models.FloatField(_("durée"), default=0)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    last_at = models.DateTimeField(_("dernier morceau reçu le"), default=timezone.now)
    stored_at = models.DateTimeField(_("reçu en entier le"), null=True, blank=True)
    hearing = models.CharField(_("transcription"), max_length=8, choices=Hearing, default=Hearing.NONE)
    hearing_asked_by = models.UUIDField(null=True, blank=True)
    heard_seconds = models.FloatField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    withheld_at = models.DateTimeField(_("mis de côté le"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=9, choices=RecordingEnding, blank=True)
    file_deleted_at = models.DateTimeField(_("son effacé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("enregistrement d’un entretien")
        verbose_name_plural = _("enregistrements des entretiens")
        ordering = ["begun_at", "id"]
        indexes = [models.Index(fields=["state", "last_at"], name="field_recording_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["interview", "first_sha256", "size"],
                condition=Q(state=RecordingState.ARRIVING),
                name="one_upload_of_a_file",
            ),
            models.CheckConstraint(condition=Q(received__lte=F("size")), name="no_more_than_announced"),
            models.CheckConstraint(
                condition=~Q(state=RecordingState.STORED) | (Q(received=F("size")) & ~Q(sha256="")),
                name="stored_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=RecordingState.ENDED, ended_at__isnull=False) & ~Q(ending="")
                | ~Q(state=RecordingState.ENDED) & Q(ended_at=None, ending=""),
                name="field_recording_ended_says_why",
            ),
            models.CheckConstraint(
                condition=Q(file_deleted_at=None) | Q(ended_at__isnull=False, file=""),
                name="field_sound_leaves_at_the_end",
            ),
        ]


class RecordingPiece(Scoped):
    """A piece that was acknowledged: where it begins, and what it was. As open as the recording."""

    recording = models.ForeignKey(Recording, on_delete=models.CASCADE, related_name="pieces")
    begin = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("morceau d’un enregistrement")
        verbose_name_plural = _("morceaux des enregistrements")
        ordering = ["recording", "begin"]
        constraints = [models.UniqueConstraint(fields=["recording", "begin"], name="piece_once")]
