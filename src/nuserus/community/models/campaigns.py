"""« Semaine du partage »: a few days, a theme, a goal."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Campaign(Scoped):
    """Days during which people tell together. What it counts is computed, never typed.

    `theme` is a slug of the themes of sheets. Without operator nor department it is for everybody.
    """

    title = models.CharField(_("titre"), max_length=120)
    words = models.TextField(_("en quelques mots"), max_length=1000, blank=True)
    theme = models.SlugField(_("sujet"), max_length=60, blank=True)
    goal = models.PositiveIntegerField(
        _("but"),
        help_text=_("Fiches, essais et réponses ensemble."),
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    organised_by = models.CharField(_("qui l’organise"), max_length=160)
    operator = models.ForeignKey(
        "directory.Operator",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("organisme gestionnaire"),
    )
    department = models.ForeignKey(
        "directory.Department",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("département"),
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("campagne")
        verbose_name_plural = _("campagnes")
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="campaign_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.PUBLIC,
                    scope_author=None,
                    scope_institution=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="campaign_scope",
            ),
        ]

    def __str__(self) -> str:
        return self.title
