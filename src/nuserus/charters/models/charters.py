"""The rules of use of a place while they are worked on: read by its members, written by its referents."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.charters.enums import Drawing
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Charter(Scoped):
    """The rules on one subject in one place. What others read are its versions, never this."""

    institution = models.ForeignKey(
        "directory.Institution",
        on_delete=models.CASCADE,
        related_name="charters",
        verbose_name=_("établissement ou service"),
    )
    topic = models.SlugField(_("modèle"), max_length=40, blank=True)
    title = models.CharField(_("titre"), max_length=120)
    about = models.TextField(_("de quoi il s’agit"), max_length=600, blank=True)
    simple = models.TextField(_("version simple"), max_length=1500, blank=True)
    # Where it came from. The version may be hidden or gone later: the words stay.
    taken_from = models.UUIDField(null=True, blank=True, editable=False)
    taken_from_words = models.CharField(_("repris de"), max_length=300, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("règles d’usage")
        verbose_name_plural = _("règles d’usage")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.INSTITUTION,
                    scope_institution=F("institution"),
                    scope_author=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="charter_scope",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope_level, self.scope_institution = Level.INSTITUTION, self.institution_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.title


class HouseRule(Scoped):
    """One rule: a short sentence, why, and what if it cannot be kept. As open as its charter."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="rules")
    position = models.PositiveSmallIntegerField(_("rang"))
    sentence = models.CharField(_("la règle"), max_length=160)
    why = models.TextField(_("pourquoi"), max_length=600, blank=True)
    otherwise = models.TextField(_("et sinon"), max_length=600, blank=True)
    pictogram = models.CharField(_("dessin"), max_length=20, choices=Drawing, default=Drawing.YES)

    class Meta:
        verbose_name = _("règle")
        verbose_name_plural = _("règles")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.sentence
