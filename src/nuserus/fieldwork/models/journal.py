"""The field journal: somebody's own notes."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.models.visits import Visit
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.models import Participant


class JournalEntry(Scoped):
    """One day of a field journal: read and written by its author, and by nobody else, ever."""

    day = models.DateField(_("jour"))
    text = models.TextField(_("vos notes"), max_length=40_000)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name=_("étiquettes"))
    visit = models.ForeignKey(Visit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    withheld_at = models.DateTimeField(_("mise de côté le"), null=True, blank=True)
    redacted_at = models.DateTimeField(_("masquée le"), null=True, blank=True)
    flagged_at = models.DateTimeField(_("à relire depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("page du journal de terrain")
        verbose_name_plural = _("pages du journal de terrain")
        ordering = ["-day", "-written_at", "id"]
        indexes = [models.Index(fields=["scope_author", "-day"], name="journal_by_author")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                    scope_mission=None,
                ),
                name="journal_is_its_authors",
            )
        ]


class JournalMention(Scoped):
    """A participant of whom a page speaks. As closed as the page."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="mentions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("participant·e dont parle une page du journal")
        verbose_name_plural = _("participant·es dont parlent les pages du journal")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "participant"], name="mention_once")]
