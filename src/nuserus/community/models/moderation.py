"""Reports to the moderators, and what became of them: both are added to, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.community.enums import Content, Reason, Step
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Report(Scoped):
    """Somebody asks the moderators to look at something. Its scope's author is who reports."""

    content = models.CharField(max_length=10, choices=Content)
    object_id = models.UUIDField()
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("pourquoi"), max_length=10, choices=Reason)
    words = models.TextField(_("ce que vous avez vu"), max_length=1000, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        indexes = [models.Index(fields=["object_id", "made_at"], name="report_by_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED, scope_author=F("reporter"), scope_institution=None,
                    scope_group=None, scope_mission=None,
                ),
                name="report_scope",
            )
        ]  # fmt: skip


class ModerationStep(Scoped):
    """One step about something reported. Its scope's author is who wrote what was reported."""

    content = models.CharField(max_length=10, choices=Content)
    object_id = models.UUIDField()
    step = models.CharField(max_length=10, choices=Step)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=10, choices=Reason, blank=True)
    text = models.TextField(_("mot"), max_length=2000, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("étape de modération")
        verbose_name_plural = _("étapes de modération")
        indexes = [models.Index(fields=["object_id", "at"], name="moderation_step_by_object")]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None, scope_mission=None),
                name="moderation_step_scope",
            ),
            models.CheckConstraint(
                condition=~Q(step=Step.HIDDEN) | ~Q(reason=""), name="moderation_never_hides_without_a_reason"
            ),
            models.CheckConstraint(
                condition=(Q(step=Step.ANSWERED) & Q(actor=F("scope_author")))
                | (~Q(step=Step.ANSWERED) & ~Q(actor=F("scope_author"))),
                name="nobody_moderates_their_own_words",
            ),
        ]
