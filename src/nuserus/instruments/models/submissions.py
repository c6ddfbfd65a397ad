"""What was answered: the XML as it came is the truth, the rest is read from it."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.instruments.enums import Origin, SubmissionStatus
from nuserus.instruments.models.instruments import Instrument, InstrumentVersion

_SUFFIXES = frozenset({
    ".jpg", ".jpeg", ".png", ".webp", ".heic", ".m4a", ".mp3", ".ogg", ".oga", ".webm", ".wav", ".flac", ".mp4", ".mov",
    ".3gp", ".amr", ".pdf", ".txt", ".csv",
})  # fmt: skip
FOLDER = "answers"


def stored_name(row: SubmittedFile, filename: str) -> str:
    """A name that says nothing and that nobody guesses."""
    suffix = PurePath(filename).suffix.lower()
    return f"{FOLDER}/{secrets.token_hex(2)}/{secrets.token_hex(16)}{suffix if suffix in _SUFFIXES else ''}"


class Submission(Scoped):
    """One fiche. Read by who sent it and by those named on the mission of its instrument.

    Of one instrument and one `instance_id` there is one row; a different one under the same number is
    kept beside it (`twin`), put aside. `version` is null when the version is not one of ours. `emptied_at`:
    somebody had it erased; its number, hash and file names stay, and nothing comes back under them.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(InstrumentVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    instance_id = models.CharField(_("numéro"), max_length=200)
    twin = models.UUIDField(_("même numéro que"), null=True, blank=True)
    xml = models.BinaryField(_("réponses, comme elles sont arrivées"))
    sha256 = models.CharField(max_length=64)
    content = models.JSONField(_("réponses"), default=dict)
    expected_files = models.JSONField(_("fichiers nommés"), default=list)
    problems = models.JSONField(_("ce qui ne va pas"), default=list)
    status = models.CharField(max_length=12, choices=SubmissionStatus, default=SubmissionStatus.ACCEPTED)
    reason = models.CharField(_("pourquoi"), max_length=40, blank=True)
    reason_words = models.CharField(_("pourquoi, en mots"), max_length=600, blank=True)
    origin = models.CharField(_("envoyée depuis"), max_length=10, choices=Origin, default=Origin.BROWSER)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    filled_at = models.DateTimeField(_("remplie le"), null=True, blank=True)
    received_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    emptied_at = models.DateTimeField(_("vidée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("fiche remplie")
        verbose_name_plural = _("fiches remplies")
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["instrument", "-received_at"], name="submission_of_instrument")]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "instance_id"], condition=Q(twin=None), name="submission_once"
            ),
            models.UniqueConstraint(
                fields=["instrument", "instance_id", "sha256"], name="submission_of_these_bytes_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_mission=F("instrument"),
                    scope_author=F("sent_by"),
                    scope_institution=None,
                    scope_group=None,
                ),
                name="submission_scope",
            ),
            models.CheckConstraint(
                condition=Q(status=SubmissionStatus.ACCEPTED, reason="")
                | (Q(status=SubmissionStatus.QUARANTINED) & ~Q(reason="")),
                name="submission_aside_says_why",
            ),
        ]


class SubmittedFile(Scoped):
    """A photo or a sound of a fiche, byte for byte as it came. As open as its fiche."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("nom dans la fiche"), max_length=150)
    file = models.FileField(_("fichier"), upload_to=stored_name)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("poids"))
    media_type = models.CharField(_("type"), max_length=60)

    class Meta:
        verbose_name = _("fichier d’une fiche")
        verbose_name_plural = _("fichiers des fiches")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["submission", "name"], name="submitted_file_once")]
