"""What was taken back, until the ledger has it and afterwards: ids alone."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models.base import Identified


class LedgerEntry(Identified):
    """One line of the ledger of withdrawals. The application adds rows and can't read them.

    `written_at` is null until the file outside the database has the line.
    """

    kind = models.CharField(_("quoi"), max_length=60)
    object_id = models.UUIDField(_("objet"))
    details = models.JSONField(_("autres identifiants"), default=dict)
    at = models.DateTimeField(_("le"), default=timezone.now)
    written_at = models.DateTimeField(_("écrit au registre le"), null=True, blank=True)

    class Meta:
        verbose_name = _("ligne du registre des retraits")
        verbose_name_plural = _("lignes du registre des retraits")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(written_at=None), name="ledger_waiting"),
        ]
