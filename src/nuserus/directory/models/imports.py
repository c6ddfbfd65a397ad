"""What was read from the open registers, what it changed, and what looks like the same place twice."""

from __future__ import annotations

import secrets
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import (
    ChangedKind,
    ChangeVerb,
    DuplicateKind,
    DuplicateReason,
    DuplicateStatus,
    ImportSource,
    ImportState,
    OnProblem,
)
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Identified, Scoped


def import_name(run: Import, filename: str) -> str:
    """A name that nobody guesses: the file is served to nobody."""
    suffix = "".join(PurePath(filename).suffixes[-2:])[:12]
    return f"imports/{secrets.token_hex(16)}{suffix}"


class Import(Scoped):
    """One reading of a file of a register, from the request to the report.

    Read by site administrators and moderators, asked by site administrators, carried on by the system
    alone. `counts` maps a kind to how many of it were created, updated…; `problems` holds the first
    refused lines, `problem_count` how many there were. The file leaves the disk when it was applied.
    """

    source = models.CharField(_("registre"), max_length=20, choices=ImportSource)
    file = models.FileField(_("fichier"), upload_to=import_name, blank=True, max_length=120)
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    file_size = models.BigIntegerField(_("taille"), default=0)
    dry_run = models.BooleanField(_("essai, sans rien changer"), default=False)
    on_problem = models.CharField(
        _("si des lignes sont refusées"), max_length=10, choices=OnProblem, default=OnProblem.KEEP_VALID
    )
    partial = models.BooleanField(_("le fichier n’est qu’une partie du registre"), default=False)
    may_close_many = models.BooleanField(_("beaucoup de fermetures sont attendues"), default=False)
    state = models.CharField(_("état"), max_length=12, choices=ImportState, default=ImportState.WAITING)
    step = models.CharField(_("étape"), max_length=12, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    register_date = models.DateField(_("date du registre"), null=True, blank=True)
    counts = models.JSONField(_("ce qui a changé"), default=dict)
    problem_count = models.PositiveIntegerField(_("lignes refusées"), default=0)
    problems = models.JSONField(default=list)
    notes = models.JSONField(_("à savoir"), default=list)
    refusal = models.TextField(_("pourquoi rien n’a été changé"), blank=True)
    left = models.JSONField(_("ce qui n’a pas pu être défait"), default=list)
    left_count = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    started_at = models.DateTimeField(_("commencé le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    undone_at = models.DateTimeField(_("défait le"), null=True, blank=True)

    class Meta:
        verbose_name = _("import d’un registre")
        verbose_name_plural = _("imports des registres")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author=None,
                    scope_mission=None,
                ),
                name="import_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} · {self.file_name}"


class ImportChange(Identified):
    """What one import did to one object: enough to tell it, and to take it back.

    `before` and `after` hold the fields that changed; of what was created, `after` holds what the
    register said. `rank` is the line in the file, nothing for what was no longer in it.
    """

    run = models.ForeignKey(
        Import, verbose_name=_("import"), on_delete=models.CASCADE, related_name="changes", db_column="import_id"
    )
    kind = models.CharField(_("quoi"), max_length=12, choices=ChangedKind)
    verb = models.CharField(_("changement"), max_length=10, choices=ChangeVerb)
    object_id = models.UUIDField()
    key = models.CharField(_("numéro dans le registre"), max_length=120)
    label = models.CharField(_("nom"), max_length=250)
    rank = models.PositiveIntegerField(_("ligne"), null=True, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=32, blank=True)

    class Meta:
        verbose_name = _("changement d’un import")
        verbose_name_plural = _("changements des imports")
        ordering = ["rank", "id"]
        indexes = [models.Index(fields=["run", "verb", "kind", "rank"], name="importchange_by_run")]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.key}"


class DuplicateProposal(Scoped):
    """Two objects that may be one: a moderator decides, nothing is merged by itself.

    `first` and `second` are ids: of two institutions, or of an institution and a place, as `kind` says.
    The application may only write the decision.
    """

    kind = models.CharField(_("de quoi"), max_length=20, choices=DuplicateKind)
    first = models.UUIDField()
    second = models.UUIDField()
    reason = models.CharField(_("pourquoi"), max_length=20, choices=DuplicateReason)
    score = models.FloatField(_("ressemblance"), help_text=_("de 0 à 1"))
    run = models.ForeignKey(
        Import,
        verbose_name=_("import"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_column="import_id",
    )
    proposed_at = models.DateTimeField(_("proposé le"), default=timezone.now)
    status = models.CharField(_("état"), max_length=10, choices=DuplicateStatus, default=DuplicateStatus.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("doublon proposé")
        verbose_name_plural = _("doublons proposés")
        ordering = ["-score", "proposed_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "first", "second"], name="duplicate_proposed_once"),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author=None,
                    scope_mission=None,
                ),
                name="duplicate_scope",
            ),
        ]
        indexes = [models.Index(fields=["status", "kind"], name="duplicate_by_status")]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} {self.second}"
