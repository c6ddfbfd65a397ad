"""Places where a person finds help with digital life or rights, and what is offered there."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import PlaceSource, Precision
from nuserus.directory.models.institutions import Institution
from nuserus.directory.models.places import Department
from nuserus.foundation.models import Identified
from nuserus_analysis.text import fold


class Place(Identified):
    """A first-reception place, a service for rights or a public digital space. All of this is public.

    It comes from an open register (`source`, `source_id`), whose words are kept; `opening_hours` is
    in the syntax of OpenStreetMap; `latitude`, `longitude` in degrees (WGS 84). `institution` is set
    when a moderator found that it is an institution of the directory.
    """

    source = models.CharField(_("registre"), max_length=20, choices=PlaceSource)
    source_id = models.CharField(_("identifiant dans le registre"), max_length=120)
    name = models.CharField(_("nom"), max_length=250)
    folded = models.CharField(_("nom sans accent"), max_length=250, editable=False)
    description = models.TextField(_("description"), blank=True)
    siret = models.CharField(_("numéro SIRET"), max_length=14, blank=True)
    street = models.CharField(_("adresse"), max_length=250, blank=True)
    post_code = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.CharField(_("code INSEE de la commune"), max_length=5, blank=True)
    town_name = models.CharField(_("ville"), max_length=80)
    town_folded = models.CharField(_("ville sans accent"), max_length=80, editable=False)
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    precision = models.CharField(_("précision de la position"), max_length=8, choices=Precision, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    website = models.URLField(_("site"), max_length=500, blank=True)
    opening_hours = models.CharField(_("horaires"), max_length=500, blank=True)
    access_note = models.CharField(_("accessibilité"), max_length=500, blank=True)
    kind = models.CharField(_("type de structure"), max_length=80, blank=True)
    networks = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("réseaux et labels")
    )
    needs = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("besoins"))
    is_digital = models.BooleanField(_("aide au numérique"), default=False)
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("établissement de l’annuaire"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="places",
    )
    updated_on = models.DateField(_("mis à jour le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    is_fictitious = models.BooleanField(_("exemple fictif"), default=False, db_default=False)
    register_mark = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("lieu où se faire aider")
        verbose_name_plural = _("lieux où se faire aider")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="place_once_per_register"),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_point_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["commune"], name="place_by_commune"),
            models.Index(fields=["department"], name="place_by_department"),
            models.Index(fields=["folded"], name="place_by_folded", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["longitude", "latitude"], name="place_by_point"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        self.town_folded = fold(self.town_name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("directory:place", args=[self.pk])


class Service(Identified):
    """What a place offers: for whom, about what, how to come. All of this is public.

    The lists hold the codes of the data·inclusion reference lists.
    """

    place = models.ForeignKey(Place, verbose_name=_("lieu"), on_delete=models.CASCADE, related_name="services")
    source = models.CharField(_("registre"), max_length=20, choices=PlaceSource)
    source_id = models.CharField(_("identifiant dans le registre"), max_length=120)
    name = models.CharField(_("nom"), max_length=250)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("type"), max_length=80, blank=True)
    themes = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("thèmes"))
    publics = ArrayField(models.CharField(max_length=120), default=list, blank=True, verbose_name=_("publics"))
    conditions = models.TextField(_("conditions"), blank=True)
    fees = models.CharField(_("frais"), max_length=500, blank=True)
    reception = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("modes d’accueil"))
    how_to_come = models.CharField(_("pour y aller"), max_length=500, blank=True)
    opening_hours = models.CharField(_("horaires"), max_length=500, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    email = models.EmailField(_("adresse électronique"), blank=True)
    link = models.URLField(_("lien"), max_length=500, blank=True)
    updated_on = models.DateField(_("mis à jour le"), null=True, blank=True)
    closed_on = models.DateField(_("fermé le"), null=True, blank=True)
    register_mark = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("service proposé")
        verbose_name_plural = _("services proposés")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source", "source_id"], name="service_once_per_register"),
        ]

    def __str__(self) -> str:
        return self.name
