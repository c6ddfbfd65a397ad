"""Institutions and those who run them."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import LegalStatus
from nuserus.directory.models.places import Department, Town
from nuserus.directory.models.reference import Category, Public
from nuserus.foundation.models import Identified
from nuserus_analysis.text import fold


class Operator(Identified):
    """The legal body that runs institutions (organisme gestionnaire)."""

    name = models.CharField(_("nom"), max_length=200)
    status = models.CharField(_("statut"), max_length=12, choices=LegalStatus, blank=True)

    class Meta:
        verbose_name = _("organisme gestionnaire")
        verbose_name_plural = _("organismes gestionnaires")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Institution(Identified):
    """A social or medico-social institution or service. All of this is public.

    `kind_label` says the kind where the FINESS nomenclature has none; `town_name` is always known,
    `town` only where it could be located without doubt. `questions` are those the place asked
    itself in the first programme, `participants` the trades that took part, both in its own words.
    """

    name = models.CharField(_("nom"), max_length=200)
    folded = models.CharField(_("nom sans accent"), max_length=200, editable=False)
    slug = models.SlugField(_("adresse lisible"), max_length=120, unique=True)
    finess = models.CharField(_("numéro FINESS de l’établissement"), max_length=9, null=True, blank=True, unique=True)
    category = models.ForeignKey(
        Category,
        verbose_name=_("catégorie FINESS"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    kind_label = models.CharField(_("type en toutes lettres"), max_length=120, blank=True)
    operator = models.ForeignKey(
        Operator,
        verbose_name=_("organisme gestionnaire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    legal_status = models.CharField(_("statut"), max_length=12, choices=LegalStatus, blank=True)
    town_name = models.CharField(_("ville"), max_length=80)
    town_folded = models.CharField(_("ville sans accent"), max_length=80, editable=False)
    department = models.ForeignKey(
        Department,
        verbose_name=_("département"),
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    town = models.ForeignKey(
        Town,
        verbose_name=_("ville située"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="institutions",
    )
    publics = models.ManyToManyField(Public, verbose_name=_("publics"), blank=True, related_name="institutions")
    trades = models.ManyToManyField("people.Trade", verbose_name=_("métiers"), blank=True, related_name="institutions")
    questions = ArrayField(
        models.CharField(max_length=300),
        default=list,
        blank=True,
        verbose_name=_("questions que le lieu se posait"),
    )
    participants = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        verbose_name=_("qui a pris part au premier programme"),
    )
    is_fictitious = models.BooleanField(_("exemple fictif"), default=False)
    programme_partner = models.BooleanField(
        _("partenaire du premier programme"),
        null=True,
        blank=True,
        help_text=_("oui : partenaire ; non : observé sans être partenaire ; vide : n’y était pas"),
    )

    class Meta:
        verbose_name = _("établissement ou service")
        verbose_name_plural = _("établissements et services")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(category__isnull=False) | ~models.Q(kind_label=""),
                name="institution_has_a_kind",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        self.town_folded = fold(self.town_name)
        super().save(*args, **kwargs)

    @property
    def kind(self) -> str:
        """What sort of place it is, in the words used on the spot: "IME", "centre médico-éducatif"."""
        return self.kind_label or str(self.category)

    def get_absolute_url(self) -> str:
        return reverse("directory:institution", args=[self.pk])
