"""What a sheet said each time it was published: kept for ever, unless somebody's words must go."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.practices.enums.versions import ClosingReason
from nuserus.practices.models.sheets import Sheet


class SheetVersion(Scoped):
    """One published version: by whom, when, what changed in a line; as open as its sheet.

    Only added to. The database writes `fingerprint` itself, from what the sheet holds at that
    moment, and refuses at commit a published sheet whose content is not that of its last version.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("faite par")
    )
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("relue par")
    )
    made_at = models.DateTimeField(_("publiée le"), default=timezone.now)
    summary = models.CharField(_("ce qui change"), max_length=200, blank=True)
    restores = models.PositiveIntegerField(_("rétablit la version"), null=True, blank=True)
    fingerprint = models.CharField(max_length=32, editable=False, blank=True)
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    closed_reason = models.CharField(_("raison"), max_length=12, choices=ClosingReason, blank=True)

    class Meta:
        verbose_name = _("version d’une fiche")
        verbose_name_plural = _("versions des fiches")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="sheet_version_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_reason="")
                | Q(~Q(closed_reason=""), closed_at__isnull=False),
                name="version_closed_with_a_reason",
            ),
        ]


class VersionContent(Scoped):
    """All that a version showed, written by the database itself; gone once the version is closed.

    `content`: every published field by its name, then `cards`, `pictures` (ids) and `credits`.
    """

    version = models.OneToOneField(SheetVersion, on_delete=models.CASCADE, related_name="kept")
    content = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("contenu d’une version")
        verbose_name_plural = _("contenus des versions")
