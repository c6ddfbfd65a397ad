"""A questionnaire and its versions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.instruments.enums import InstrumentKind
from nuserus.instruments.standard.schema import Schema


class Instrument(Scoped):
    """A grid, a questionnaire or a guide of one institution, or of all who take part in a study.

    Who reads what is answered is another thing: those named on the mission that has the id of this row.
    """

    institution = models.ForeignKey(
        "directory.Institution",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("établissement ou service"),
    )
    study = models.ForeignKey(
        "studies.Study",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name=_("étude"),
    )
    kind = models.CharField(_("ce que c’est"), max_length=13, choices=InstrumentKind, default=InstrumentKind.GRID)
    title = models.CharField(_("titre"), max_length=120)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(_("commencé le"), auto_now_add=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("grille ou questionnaire")
        verbose_name_plural = _("grilles et questionnaires")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_author=None, scope_mission=None)
                & (
                    Q(
                        scope_level=Level.INSTITUTION,
                        institution__isnull=False,
                        scope_institution=F("institution"),
                        study=None,
                        scope_group=None,
                    )
                    | Q(
                        scope_level=Level.GROUP,
                        institution=None,
                        scope_institution=None,
                        study__isnull=False,
                        scope_group=F("study"),
                    )
                ),
                name="instrument_scope",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def form_id(self) -> str:
        """Its name in the forms and their answers: it never changes."""
        return f"nuserus-{self.pk}"


class InstrumentVersion(Scoped):
    """One version: its content never changes. As open as its instrument.

    `workbook` is the plain XLSX, `xform` the form, `schema` what `Schema.as_json` gives; with `lists_people` the
    form takes the list of who agrees to take part, made for each person who fills it in. A version is
    tried in the browser of who publishes it (`checked_at`, `engine`, or `refused` with the reason), then
    published, then perhaps withdrawn: answers to it are still received.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    workbook = models.BinaryField(_("classeur"))
    xform = models.TextField(_("formulaire"))
    xform_sha256 = models.CharField(max_length=64)
    schema = models.JSONField(_("questions"))
    lists_people = models.BooleanField(_("demande qui était là"), default=False)
    note = models.CharField(_("ce qui change"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("faite le"), auto_now_add=True)
    checked_at = models.DateTimeField(_("essayée le"), null=True, blank=True)
    engine = models.CharField(_("essayée avec"), max_length=60, blank=True)
    refused = models.CharField(_("pourquoi elle ne s’ouvre pas"), max_length=600, blank=True)
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("version d’une grille ou d’un questionnaire")
        verbose_name_plural = _("versions des grilles et questionnaires")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(checked_at__isnull=False, refused=""),
                name="instrument_published_once_it_opens",
            ),
        ]

    @property
    def asked(self) -> Schema:
        """What it asks."""
        return Schema.from_json(self.schema)
