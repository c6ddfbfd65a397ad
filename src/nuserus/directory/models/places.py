"""Departments and towns."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Identified


class Department(Identified):
    """A French department, by its official code ("05", "2A", "974")."""

    code = models.CharField(_("code"), max_length=3, unique=True)
    label = models.CharField(_("nom"), max_length=60)
    region = models.CharField(_("région"), max_length=60)

    class Meta:
        verbose_name = _("département")
        verbose_name_plural = _("départements")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.label} ({self.code})"


class Town(Identified):
    """A populated place of GeoNames, with its coordinates in degrees (WGS 84).

    The source knows the region, not the department: `department` is only filled where the region
    has a single one (overseas).
    """

    geonames_id = models.PositiveIntegerField(_("numéro GeoNames"), unique=True)
    name = models.CharField(_("nom"), max_length=80)
    folded = models.CharField(_("nom sans accent"), max_length=80, editable=False)
    region = models.CharField(_("région"), max_length=60)
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="towns",
    )
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    population = models.PositiveIntegerField(_("population"), default=0)

    class Meta:
        verbose_name = _("ville")
        verbose_name_plural = _("villes")
        ordering = ["name", "geonames_id"]
        indexes = [
            models.Index(fields=["folded"], name="town_by_folded", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["latitude", "longitude"], name="town_by_point"),
            models.Index(fields=["-population"], name="town_largest_first"),
        ]

    def __str__(self) -> str:
        return self.name
