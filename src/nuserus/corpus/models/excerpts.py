"""A passage of a source, by its place and never by its words."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.corpus.enums import ExcerptState
from nuserus.corpus.models.sources import Source, SourceVersion
from nuserus.foundation.models import Scoped


class Excerpt(Scoped):
    """From `start` to `end` of a version (code points, half-open), with the hash of what stands there.

    When the text changes it follows to the new version and `revision` grows. Where that is not sure it stays where
    it was, `proposed_start`–`proposed_end` of `proposed_version` waiting for a person to say.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="excerpts")
    version = models.ForeignKey(SourceVersion, on_delete=models.CASCADE, related_name="excerpts")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    revision = models.PositiveIntegerField(default=1)
    state = models.CharField(_("état"), max_length=8, choices=ExcerptState, default=ExcerptState.PLACED)
    proposed_version = models.ForeignKey(
        SourceVersion, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    proposed_start = models.PositiveIntegerField(null=True, blank=True)
    proposed_end = models.PositiveIntegerField(null=True, blank=True)
    made_by = models.UUIDField(_("repéré par"), null=True)
    made_at = models.DateTimeField(_("repéré le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("passage repéré")
        verbose_name_plural = _("passages repérés")
        ordering = ["source", "start", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="excerpt_holds_something"),
            models.CheckConstraint(
                condition=Q(state="doubtful", proposed_version__isnull=False, proposed_end__gt=F("proposed_start"))
                | Q(~Q(state="doubtful"), proposed_version=None, proposed_start=None, proposed_end=None),
                name="excerpt_in_doubt_has_a_proposal",
            ),
        ]
