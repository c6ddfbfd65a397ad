"""Notices: the texts that people are shown before they say yes or no."""

from __future__ import annotations

import hashlib
import unicodedata

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import NoticeFormat, Purpose
from nuserus.foundation.models import Identified


def normal_text(text: str) -> str:
    """The text in the one form that is kept: NFC, line feeds, nothing around."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def text_hash(title: str, body: str) -> str:
    """SHA-256, in hexadecimal, of the canonical text: title, empty line, body, line feed."""
    return hashlib.sha256(f"{normal_text(title)}\n\n{normal_text(body)}\n".encode()).hexdigest()


def pictures_in(body: str) -> list[tuple[str, str]]:
    """Drawing and sentence of each line of a notice in pictograms.

    >>> pictures_in("oui | Je peux dire oui.\\n")
    [('oui', 'Je peux dire oui.')]
    """
    parts = (line.partition("|") for line in body.split("\n") if "|" in line)
    return [(drawing.strip(), sentence.strip()) for drawing, _bar, sentence in parts]


class Notice(Identified):
    """What people are asked, for one purpose. Public: a text to show to anybody who is asked."""

    slug = models.SlugField(max_length=60, unique=True)
    label = models.CharField(_("sujet"), max_length=160)
    purpose = models.CharField(_("but"), max_length=20, choices=Purpose)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return self.label


class NoticeVersion(Identified):
    """One wording of a notice, in one format and one language. Never changed: another number is written."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("numéro"))
    format = models.CharField(_("format"), max_length=12, choices=NoticeFormat)
    language = models.CharField(_("langue"), max_length=8, default="fr")
    title = models.CharField(_("titre"), max_length=200)
    body = models.TextField(_("texte"))
    text_sha256 = models.CharField(max_length=64)
    reviewed_by = models.CharField(
        _("relue par des personnes concernées"),
        max_length=200,
        blank=True,
        help_text=_("qui et comment ; vide tant que personne ne l’a relue"),
    )
    written_on = models.DateField(_("écrite le"))

    class Meta:
        verbose_name = _("version d’une notice")
        verbose_name_plural = _("versions des notices")
        constraints = [
            models.UniqueConstraint(fields=["notice", "number", "format", "language"], name="notice_version_once")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def format_word(self) -> str | Promise:
        """« FALC » only when people concerned have reviewed it."""
        if self.format == NoticeFormat.FALC and self.reviewed_by:
            return "FALC"
        return NoticeFormat(self.format).label

    @property
    def paragraphs(self) -> list[str]:
        """The body, a paragraph each."""
        return [part for part in self.body.split("\n") if part.strip()]

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """The drawings of a notice in pictograms, each with its sentence; empty for the other formats."""
        return pictures_in(self.body) if self.format == NoticeFormat.PICTOGRAMS else []
