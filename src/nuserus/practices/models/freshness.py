"""Once a year, its authors are asked whether a sheet is still valid."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.enums.versions import StillValid
from nuserus.practices.models.sheets import Sheet


class FreshnessCheck(Scoped):
    """One question to the authors of one sheet: asked once for each `due_on`, answered once.

    Written by the job, as the system; those named on the sheet answer it.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="freshness_checks")
    due_on = models.DateField(_("à confirmer le"))
    asked_at = models.DateTimeField(_("demandé le"), auto_now_add=True)
    answer = models.CharField(_("réponse"), max_length=10, choices=StillValid, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("demande « toujours valable ? »")
        verbose_name_plural = _("demandes « toujours valable ? »")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "due_on"], name="asked_once_for_each_date"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(~Q(answer=""), answered_at__isnull=False),
                name="check_answered_with_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_mission=F("sheet"), scope_institution=None),
                name="freshness_check_scope",
            ),
        ]
