"""The catalogue of devices and its families."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuserus.devices.enums import DeviceStatus
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Identified, Scoped
from nuserus_analysis.text import fold


class DeviceFamily(Identified):
    """A family of devices; `pictogram` is the name of a drawing of the sprite."""

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    label = models.CharField(_("nom"), max_length=80)
    description = models.CharField(_("description"), max_length=300)
    pictogram = models.CharField(_("pictogramme"), max_length=40)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    class Meta:
        verbose_name = _("famille de dispositifs")
        verbose_name_plural = _("familles de dispositifs")
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label


class Device(Scoped):
    """A device of the catalogue: public once accepted, restricted to its proposer until then."""

    slug = models.SlugField(_("adresse lisible"), max_length=80, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    folded = models.CharField(_("nom sans accent"), max_length=120, editable=False)
    family = models.ForeignKey(
        DeviceFamily, verbose_name=_("famille"), on_delete=models.PROTECT, related_name="devices"
    )
    description = models.TextField(_("description"), max_length=1000)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("autres noms"))
    questions_before_use = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("questions à se poser avant l’usage"),
    )
    programme_names = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        verbose_name=_("noms relevés pendant le premier programme"),
    )
    status = models.CharField(_("état"), max_length=10, choices=DeviceStatus, default=DeviceStatus.ACCEPTED)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposé le"), null=True, blank=True)
    answer = models.CharField(_("réponse de la modération"), max_length=500, blank=True)
    list_version = models.CharField(_("version de la liste"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("dispositif")
        verbose_name_plural = _("dispositifs")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=DeviceStatus.ACCEPTED, scope_level=Level.PUBLIC)
                | Q(~Q(status=DeviceStatus.ACCEPTED), scope_level=Level.RESTRICTED),
                name="device_public_once_accepted",
            )
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        accepted = self.status == DeviceStatus.ACCEPTED
        self.folded = fold(self.name)
        self.scope_level = Level.PUBLIC if accepted else Level.RESTRICTED
        self.scope_author = None if accepted else self.proposed_by_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return self.name

    @property
    def is_accepted(self) -> bool:
        return self.status == DeviceStatus.ACCEPTED

    def get_absolute_url(self) -> str:
        return reverse("devices:device", args=[self.slug])
