"""Answers as they are given: what the telling holds now, and every save that led there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.models.sheets import Sheet


class Answer(Scoped):
    """What one question holds now, as it was typed: the working copy of the telling.

    Restricted to the mission of the sheet for ever. The sheet itself follows at once while it is a
    draft; once it is published, what is typed stays here until its author publishes the change
    (`revision` is then greater than `applied_revision`).
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(_("question"), max_length=30)
    revision = models.PositiveIntegerField(default=0)
    applied_revision = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question"], name="answer_once_per_question"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_mission=F("sheet"), scope_institution=None),
                name="answer_scope",
            ),
        ]


class AnswerSave(Scoped):
    """One acknowledged save of one question, kept for the person who typed it and nobody else.

    A reviewer reads what the sheet says now, never what its author took out of it. `refused`: the
    text lost against a newer one and is kept here; its revision is then the one it was based on.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="saves")
    question = models.CharField(_("question"), max_length=30)
    revision = models.PositiveIntegerField()
    refused = models.BooleanField(_("texte gardé à côté"), default=False)
    fields = models.JSONField(default=dict)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("enregistrement d’une réponse")
        verbose_name_plural = _("enregistrements de réponses")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "question", "revision"], condition=Q(refused=False), name="answer_revision_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_author=F("saved_by"),
                    scope_mission=None,
                    scope_institution=None,
                ),
                name="answer_save_scope",
            ),
        ]


class Presence(Scoped):
    """Somebody is writing in a question: noted by their saves, told to those who write it too."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="presences")
    question = models.CharField(_("question"), max_length=30)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("présence dans une question")
        verbose_name_plural = _("présences dans les questions")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "question", "account"], name="presence_once"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_mission=F("sheet"), scope_institution=None),
                name="presence_scope",
            ),
        ]
