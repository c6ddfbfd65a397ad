"""The inventories: which device in which institution."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.devices.enums import INVENTORY_LEVELS, AppropriationStage
from nuserus.devices.models.catalogue import Device
from nuserus.foundation.models import Scoped


class Deployment(Scoped):
    """One device in one institution.

    `used_by` holds slugs of people.Trade and `with_publics` slugs of directory.Public: in the row
    itself, so that nothing beside it tells what the row keeps hidden. The row belongs to the
    institution; `recorded_by` only says who typed it.
    """

    institution = models.ForeignKey(
        "directory.Institution",
        verbose_name=_("établissement ou service"),
        on_delete=models.CASCADE,
        related_name="deployments",
    )
    device = models.ForeignKey(
        Device, verbose_name=_("dispositif"), on_delete=models.PROTECT, related_name="deployments"
    )
    own_name = models.CharField(_("nom chez nous"), max_length=120, blank=True)
    quantity = models.PositiveIntegerField(
        _("nombre"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(10_000)],
    )
    stage = models.CharField(_("degré d’appropriation"), max_length=10, choices=AppropriationStage, blank=True)
    used_by = ArrayField(
        models.SlugField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("qui s’en sert"),
    )
    with_publics = ArrayField(
        models.SlugField(max_length=60),
        default=list,
        blank=True,
        verbose_name=_("avec qui"),
    )
    data_held = models.CharField(_("données gardées"), max_length=500, blank=True)
    cost = models.CharField(_("coût"), max_length=200, blank=True)
    remarks = models.TextField(_("remarques"), max_length=2000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("relevé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    last_checked = models.DateField(_("vérifié le"), default=timezone.localdate)

    class Meta:
        verbose_name = _("dispositif d’un établissement")
        verbose_name_plural = _("dispositifs des établissements")
        ordering = ["device__name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level__in=INVENTORY_LEVELS,
                    scope_institution=F("institution"),
                    scope_author=None,
                    scope_group=None,
                    scope_mission=None,
                ),
                name="deployment_scope",
            )
        ]
        indexes = [
            models.Index(fields=["scope_level"], name="deployment_by_level"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope_institution = self.institution_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.own_name or str(self.device_id)

    @property
    def name(self) -> str:
        """What the place calls it; the name of the catalogue otherwise (reads `device`)."""
        return self.own_name or self.device.name
