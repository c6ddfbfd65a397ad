"""What a study thinks, decides and changes."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.studies.enums import CycleMoment, EffectStage, Plane
from nuserus.studies.models.circles import StudyPlace
from nuserus.studies.models.studies import Step, Study


class CycleNote(Scoped):
    """One moment of one cycle (plan, act, observe, reflect): what was thought and by whom."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="cycle_notes")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    cycle = models.PositiveSmallIntegerField(_("cycle"))
    moment = models.CharField(_("moment"), max_length=8, choices=CycleMoment)
    text = models.TextField(_("ce qui s’est passé"), max_length=3000)
    written_by = models.UUIDField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note d’un cycle")
        verbose_name_plural = _("notes d’un cycle")
        ordering = ["cycle", "written_at", "id"]


class Decision(Scoped):
    """A line of the log of decisions: only added, numbered by the database; another line may replace it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField(default=0, editable=False)
    text = models.CharField(_("ce qui est décidé"), max_length=1000)
    reason = models.CharField(_("pourquoi"), max_length=1000, blank=True)
    taken_by = models.CharField(_("qui a décidé"), max_length=200, blank=True)
    decided_on = models.DateField(_("décidé le"))
    replaces = models.OneToOneField(
        "self", verbose_name=_("remplace"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    recorded_by = models.UUIDField(null=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["study", "number"], name="decision_numbered_once")]

    def __str__(self) -> str:
        return self.text


class Effect(Scoped):
    """What changed in a place, or in its own project, since the study began.

    Read by the working group of the place and by who conducts the study; by everybody who takes part
    once `is_shared`.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="effects")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="effects")
    plane = models.CharField(_("sur quel plan"), max_length=12, choices=Plane)
    stage = models.CharField(_("où cela en est"), max_length=8, choices=EffectStage)
    text = models.TextField(_("ce qui a changé"), max_length=2000)
    in_project = models.CharField(_("où c’est écrit dans le projet de l’établissement"), max_length=300, blank=True)
    evidence = models.CharField(_("à quoi on le voit"), max_length=500, blank=True)
    seen_on = models.DateField(_("constaté le"))
    is_shared = models.BooleanField(_("partagé avec toute l’étude"), default=False)
    written_by = models.UUIDField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("effet de l’étude")
        verbose_name_plural = _("effets de l’étude")
        ordering = ["-seen_on", "id"]
