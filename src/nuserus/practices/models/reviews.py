"""Peer review and the history of a sheet: restricted to the people named on it, for ever."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.enums import Decision, SheetEventKind
from nuserus.practices.models.cards import Card
from nuserus.practices.models.sheets import Sheet


class Review(Scoped):
    """One passage of a sheet before a peer: who owns it, until when, what was decided and why."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reviews",
        verbose_name=_("relu par"),
    )
    after_publication = models.BooleanField(default=False)
    opened_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(_("promis pour le"))
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reasons = models.JSONField(_("raisons"), default=list, blank=True)
    message = models.TextField(_("mot à l’auteur ou l’autrice"), max_length=4000, blank=True)
    completed = models.JSONField(_("complété à la relecture"), default=dict, blank=True)

    class Meta:
        verbose_name = _("relecture")
        verbose_name_plural = _("relectures")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet"],
                condition=Q(decided_at__isnull=True),
                name="one_open_review_per_sheet",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decision="") | Q(~Q(decision=""), decided_at__isnull=False),
                name="review_decided_with_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.REWORK) | ~Q(reasons=[]) | ~Q(message=""),
                name="review_never_returned_without_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_mission=F("sheet"), scope_institution=None),
                name="review_scope",
            ),
        ]


class CardComment(Scoped):
    """What the reviewer says about one card, or about one question of the sheet."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="comments")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.SET_NULL)
    question = models.CharField(max_length=30, blank=True)
    text = models.TextField(_("remarque"), max_length=2000)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("remarque")
        verbose_name_plural = _("remarques")
        ordering = ["written_at", "id"]


class SheetEvent(Scoped):
    """One step of a sheet's history."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=SheetEventKind)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_mission=F("sheet"), scope_institution=None),
                name="sheet_event_scope",
            )
        ]
