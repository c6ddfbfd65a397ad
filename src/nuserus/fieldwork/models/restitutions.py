"""Giving back to the people it speaks of, and what they say of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.enums import Stance
from nuserus.foundation.models import Scoped
from nuserus.studies.models import CalendarEvent, Study, StudyPlace


class RestitutionMeeting(Scoped):
    """A meeting with the working group of a place. Read by that group and by who conducts the study.

    Who was there is told by trades, never by names. The database writes the scope from the place.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="restitutions")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="restitutions")
    event = models.ForeignKey(CalendarEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    held_on = models.DateField(_("tenue le"))
    trades = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, verbose_name=_("qui était là, par métier")
    )
    notes = models.TextField(_("notes"), max_length=10_000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    written_by = models.UUIDField(null=True, editable=False)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    flagged_at = models.DateTimeField(_("à relire depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("réunion de restitution")
        verbose_name_plural = _("réunions de restitution")
        ordering = ["-held_on", "id"]

    def __str__(self) -> str:
        return f"{self.place} {self.held_on:%Y-%m-%d}"


class RestitutionTheme(Scoped):
    """What the group says of one theme. As open as the meeting."""

    meeting = models.ForeignKey(RestitutionMeeting, on_delete=models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("thème"), max_length=200)
    stance = models.CharField(_("le groupe l’a"), max_length=9, choices=Stance)
    said = models.TextField(_("ce qui a été dit"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("thème d’une restitution")
        verbose_name_plural = _("thèmes d’une restitution")
        ordering = ["position", "id"]
