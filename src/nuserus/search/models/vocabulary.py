"""The words that a search box may propose."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VocabularyWord(models.Model):
    """A word of public or network texts, and in how many entries of each level it stands.

    Counted by the function that writes the index; the application role reads it only through
    `nuserus_suggest` and `nuserus_near_words`, which leave network words to verified professionals.
    """

    folded = models.CharField(max_length=60, primary_key=True)
    display = models.CharField(_("mot"), max_length=60)
    stem = models.CharField(max_length=60)
    public_count = models.IntegerField(default=0)
    network_count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("mot du vocabulaire")
        verbose_name_plural = _("mots du vocabulaire")
