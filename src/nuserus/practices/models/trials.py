"""Trials elsewhere and evaluations: what makes a practice climb the ladder."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.practices.enums import Outcome
from nuserus.practices.models.sheets import Sheet


class Trial(Scoped):
    """« Essayé chez nous »: a report by another institution. A failure counts as much as a success."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="trials")
    institution = models.ForeignKey("directory.Institution", on_delete=models.PROTECT, related_name="trials")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="trials")
    outcome = models.CharField(_("résultat"), max_length=10, choices=Outcome)
    publics = ArrayField(models.SlugField(max_length=60), default=list, blank=True)
    comment = models.TextField(_("ce que vous avez vu"), max_length=2000, blank=True)
    sheet_version = models.PositiveIntegerField(default=1)
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("essai")
        verbose_name_plural = _("essais")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "institution", "author"], name="one_trial_per_person_and_place"),
            models.CheckConstraint(condition=models.Q(scope_author=models.F("author")), name="trial_scope"),
        ]


class Evaluation(Scoped):
    """A recorded evaluation: who, how, on whom, with what result."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="evaluations")
    by_whom = models.CharField(_("par qui"), max_length=200)
    how = models.TextField(_("comment"), max_length=2000)
    on_whom = models.CharField(_("auprès de qui"), max_length=300)
    result = models.TextField(_("résultat"), max_length=2000)
    done_on = models.DateField(_("date"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("évaluation")
        verbose_name_plural = _("évaluations")
