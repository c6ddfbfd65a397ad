"""The calendar of a study, what people answer, and the secret address of their calendars."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.enums import Coming, EventKind
from nuserus.studies.models.circles import StudyGroup, StudyPlace
from nuserus.studies.models.studies import Step, Study


class CalendarEvent(Scoped):
    """A day or an hour of a study; of one circle when `group` is given, else of everybody who takes part.

    `sequence` counts the changes, as RFC 5545 wants it. A cancelled event stays, said to be cancelled.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="events")
    group = models.ForeignKey(StudyGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="events")
    step = models.ForeignKey(Step, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    at_place = models.ForeignKey(StudyPlace, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    kind = models.CharField(_("pour quoi"), max_length=12, choices=EventKind, default=EventKind.OTHER)
    title = models.CharField(_("titre"), max_length=200)
    starts_at = models.DateTimeField(_("commence"))
    ends_at = models.DateTimeField(_("finit"))
    where = models.CharField(_("où"), max_length=200, blank=True)
    notes = models.TextField(_("à savoir"), max_length=1000, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("date du calendrier")
        verbose_name_plural = _("dates du calendrier")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["study", "starts_at"], name="event_by_study")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.title


class EventAnswer(Scoped):
    """Whether somebody comes."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(CalendarEvent, on_delete=models.CASCADE, related_name="answers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    coming = models.CharField(max_length=5, choices=Coming)
    answered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("réponse à une date")
        verbose_name_plural = _("réponses à une date")
        ordering = ["answered_at", "id"]
        constraints = [models.UniqueConstraint(fields=["event", "account"], name="one_answer_to_an_event")]


class CalendarFeed(Scoped):
    """The secret address of a person's calendar: the SHA-256 of its secret only, which is shown once."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("adresse d’un agenda")
        verbose_name_plural = _("adresses d’agendas")
        constraints = [
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_author=F("account"), scope_mission=None),
                name="feed_scope",
            )
        ]
