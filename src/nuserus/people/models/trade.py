"""Trades, from a versioned list."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Identified


class Trade(Identified):
    """A trade of the social and medico-social sector. A trade that leaves the list stays, retired."""

    slug = models.SlugField(max_length=60, unique=True)
    label = models.CharField(_("métier"), max_length=120)
    group = models.SlugField(_("famille de métiers"), max_length=30)
    group_label = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(_("place dans la liste"))
    r1110_2 = models.BooleanField(_("nommé par l’article R1110-2"), help_text=_("du code de la santé publique"))
    r1110_2_ref = models.CharField(_("alinéa"), max_length=10, blank=True)
    aliases = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    list_version = models.CharField(_("version de la liste"), max_length=20)
    retired = models.BooleanField(_("retiré de la liste"), default=False)

    class Meta:
        verbose_name = _("métier")
        verbose_name_plural = _("métiers")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.label
