"""Who, among the people concerned, read a simple version over: without them it is not called FALC."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.practices.enums.versions import PlainWay
from nuserus.practices.models.sheets import Sheet

MOST_READERS = 200


class PlainReview(Scoped):
    """One reading by people concerned, of one text: as open as its sheet, only added to.

    `text` is the very text they read: a change of the simple version drops the name FALC by itself.
    `readers` says who they are by role or pseudonym, never by a name that points at somebody.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="plain_reviews")
    text = models.TextField(_("texte relu"), max_length=900)
    readers = models.CharField(_("qui a relu"), max_length=200)
    how_many = models.PositiveSmallIntegerField(
        _("combien de personnes"), validators=[MinValueValidator(1), MaxValueValidator(MOST_READERS)]
    )
    way = models.CharField(_("comment"), max_length=10, choices=PlainWay)
    what_changed = models.TextField(_("ce qui a été changé grâce à elles"), max_length=1000, blank=True)
    done_on = models.DateField(_("date de la relecture"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("relecture par des personnes concernées")
        verbose_name_plural = _("relectures par des personnes concernées")
        ordering = ["-done_on", "-recorded_at"]
