"""Going to a place: when, where exactly, for what, and who goes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.enums import VisitState
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.models import CalendarEvent, Study, StudyPlace


class Visit(Scoped):
    """A visit of one place of a study, as open as the materials of the place. It is cancelled, never removed."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="visits")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="visits")
    event = models.ForeignKey(CalendarEvent, null=True, blank=True, on_delete=models.SET_NULL, related_name="visits")
    where = models.CharField(_("où exactement"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("de"))
    ends_at = models.DateTimeField(_("à"))
    aim = models.TextField(_("pour quoi"), max_length=1000, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=VisitState, default=VisitState.PLANNED)
    reason = models.CharField(_("pourquoi elle est annulée"), max_length=300, blank=True)
    planned_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("visite")
        verbose_name_plural = _("visites")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["place", "starts_at"], name="visit_by_place")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state=VisitState.CANCELLED) | ~Q(reason=""), name="visit_cancelled_says_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                    scope_mission=F("place"),
                ),
                name="visit_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {timezone.localtime(self.starts_at):%Y-%m-%d}"


class Visitor(Scoped):
    """Somebody of the team who goes. As open as the visit."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="visitors")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("personne de l’équipe à une visite")
        verbose_name_plural = _("personnes de l’équipe aux visites")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["visit", "account"], name="visitor_once")]
