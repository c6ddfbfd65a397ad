"""The words of a person: on a card of their own, and nowhere else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.facilitation.enums import Speaker
from nuserus.foundation.models import Scoped
from nuserus.foundation.models.base import new_id
from nuserus.practices.models import Sheet


class PersonWords(Scoped):
    """What somebody said, who said it, shown only as long as they agree to be quoted.

    Kept here alone: not in the answers, the versions or the search, so that taking it back takes it
    back everywhere. The database gives it the scope of its sheet, and the level *public* only while
    the consent holds; it erases the text when the consent is withdrawn, and refuses to change words
    that somebody answered about.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="said")
    text = models.TextField(_("ses mots"), max_length=1000, blank=True)
    said_by = models.CharField(_("qui le dit"), max_length=80)
    speaker = models.CharField(max_length=15, choices=Speaker)
    subject = models.UUIDField(default=new_id)
    written_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("paroles d’une personne")
        verbose_name_plural = _("paroles de personnes")
        ordering = ["written_at", "id"]
