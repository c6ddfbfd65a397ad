"""Versioned lists: kinds of institution, people accompanied."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Identified


class Category(Identified):
    """A category of institution of the FINESS nomenclature."""

    code = models.CharField(_("code"), max_length=4, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    short = models.CharField(_("sigle"), max_length=40, blank=True)
    group = models.CharField(_("groupe"), max_length=120)
    domain = models.CharField(_("domaine"), max_length=3)
    list_version = models.CharField(_("version de la liste"), max_length=20)

    class Meta:
        verbose_name = _("catégorie d’établissement")
        verbose_name_plural = _("catégories d’établissement")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.short or self.label


class Public(Identified):
    """People accompanied, in the words that teams use."""

    slug = models.SlugField(_("identifiant"), max_length=60, unique=True)
    label = models.CharField(_("libellé"), max_length=120)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True, verbose_name=_("autres mots"))
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    list_version = models.CharField(_("version de la liste"), max_length=20)

    class Meta:
        verbose_name = _("public")
        verbose_name_plural = _("publics")
        ordering = ["position", "label"]

    def __str__(self) -> str:
        return self.label
