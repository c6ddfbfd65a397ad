"""Every save of an answer, kept: nothing that was acknowledged is ever lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.practices.models.sheets import Sheet


class AnswerSave(Scoped):
    """One acknowledged save of one question; the greatest revision is what the sheet holds."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="saves")
    question = models.CharField(_("question"), max_length=30)
    revision = models.PositiveIntegerField()
    fields = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("enregistrement d’une réponse")
        verbose_name_plural = _("enregistrements de réponses")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "question", "revision"], name="answer_revision_once"
            )
        ]
