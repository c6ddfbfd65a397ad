"""Collections: an ordered list of sheets with a word for each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.community.enums import COLLECTION_LEVELS
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.practices.models import Sheet


class Collection(Scoped):
    """A reading list that somebody composes for their team, a training or themselves."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="collections")
    title = models.CharField(_("titre"), max_length=160)
    intro = models.TextField(_("pour qui, pour quoi"), max_length=2000, blank=True)
    composed_by = models.CharField(_("composée par"), max_length=120, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("sélection")
        verbose_name_plural = _("sélections")
        indexes = [models.Index(fields=["-changed_at", "id"], name="collection_newest_first")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level__in=COLLECTION_LEVELS, scope_author=F("author"), scope_group=None, scope_mission=None
                ),
                name="collection_scope",
            ),
            models.CheckConstraint(
                condition=Q(scope_level=Level.INSTITUTION, scope_institution__isnull=False)
                | (~Q(scope_level=Level.INSTITUTION) & Q(scope_institution=None)),
                name="collection_of_a_place",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CollectionEntry(Scoped):
    """One sheet of a collection, with a word about it."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="entries")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    word = models.CharField(_("un mot sur cette fiche"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("fiche d’une sélection")
        verbose_name_plural = _("fiches d’une sélection")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["collection", "sheet"], name="collection_holds_a_sheet_once")]
