"""Institutions that were found to be another one: their addresses still answer."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models.institutions import Institution
from nuserus.foundation.models import Identified


class FormerInstitution(Identified):
    """What was an institution and is now another, which has all that hung on it. All of this is public.

    Its id is the one that the institution had.
    """

    slug = models.SlugField(_("adresse lisible"), max_length=120, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="former")
    merged_at = models.DateTimeField(_("réuni le"), default=timezone.now)

    class Meta:
        verbose_name = _("ancien établissement")
        verbose_name_plural = _("anciens établissements")
        ordering = ["-merged_at", "id"]

    def __str__(self) -> str:
        return self.name
