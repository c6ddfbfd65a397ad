"""Wordings that find the same things."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Identified


class Synonym(Identified):
    """Wordings that replace one another in a search, or a broad one followed by what it finds."""

    terms = ArrayField(models.CharField(max_length=100), verbose_name=_("façons de dire"))
    one_way = models.BooleanField(_("le premier mot trouve les suivants, et pas l’inverse"), default=False)
    list_version = models.CharField(
        max_length=20, blank=True, editable=False, help_text=_("vide : écrit par la modération")
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("synonyme")
        verbose_name_plural = _("synonymes")
        ordering = ["terms"]

    @property
    def is_new(self) -> bool:
        """Whether the line has not been saved yet."""
        return self._state.adding

    def __str__(self) -> str:
        if self.one_way:
            return f"{self.terms[0]} → {', '.join(self.terms[1:])}"
        return " = ".join(self.terms)
