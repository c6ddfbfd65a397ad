"""What members add to « Se former »: sheets that illustrate a notion, and resources."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.learning.enums import ResourceKind, ResourceStatus
from nuserus.practices.models import Sheet


class Illustration(Scoped):
    """A published sheet that shows what a notion means, and why. `concept` is a slug of the list."""

    concept = models.SlugField(_("notion"), max_length=60)
    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="+", verbose_name=_("fiche"))
    words = models.CharField(_("pourquoi"), max_length=200, blank=True)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )
    linked_at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("illustration d’une notion")
        verbose_name_plural = _("illustrations de notions")
        ordering = ("-linked_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("concept", "sheet"), name="illustration_once"),
            models.CheckConstraint(condition=models.Q(scope_level=Level.PUBLIC), name="illustration_public"),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Public by nature: it only says that two public things belong together."""
        self.scope_level = Level.PUBLIC
        self.scope_author = self.linked_by_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.concept} · {self.sheet_id}"


class Resource(Scoped):
    """Something elsewhere that helps to learn; public once a moderator has accepted it."""

    title = models.CharField(_("titre"), max_length=120)
    address = models.URLField(_("adresse"), max_length=500)
    kind = models.CharField(_("c’est"), max_length=12, choices=ResourceKind)
    words = models.TextField(_("ce qu’on y trouve"), max_length=400)
    minutes = models.PositiveSmallIntegerField(
        _("durée en minutes"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(6000)]
    )
    is_free = models.BooleanField(_("gratuit"), default=True)
    concepts = ArrayField(models.SlugField(max_length=60), default=list, blank=True, verbose_name=_("notions"))
    status = models.CharField(
        _("état"), max_length=10, choices=ResourceStatus, default=ResourceStatus.PROPOSED, editable=False
    )
    answer = models.CharField(_("réponse"), max_length=300, blank=True, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )
    proposed_at = models.DateTimeField(_("le"), auto_now_add=True)

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        ordering = ("title", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(scope_level=Level.PUBLIC, status=ResourceStatus.ACCEPTED)
                | (models.Q(scope_level=Level.RESTRICTED) & ~models.Q(status=ResourceStatus.ACCEPTED)),
                name="resource_public_once_accepted",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The level follows the state, so nobody makes a proposal public by itself."""
        self.scope_level = Level.PUBLIC if self.status == ResourceStatus.ACCEPTED else Level.RESTRICTED
        self.scope_author = self.proposed_by_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.title
