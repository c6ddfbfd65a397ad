"""The training leg of a study."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.studies.enums import Half, Timing
from nuserus.studies.models.circles import Participation, StudyGroup
from nuserus.studies.models.studies import Study


class TrainingAgreement(Scoped):
    """The agreement under which a study trains: who trains, who pays, for what."""

    study = models.OneToOneField(Study, on_delete=models.CASCADE, related_name="agreement")
    organisation = models.CharField(_("organisme de formation"), max_length=200)
    declaration = models.CharField(_("numéro de déclaration d’activité"), max_length=20, blank=True)
    fund = models.CharField(_("qui finance"), max_length=200, blank=True)
    reference = models.CharField(_("référence de la convention"), max_length=120, blank=True)
    signed_on = models.DateField(_("signée le"), null=True, blank=True)
    title = models.CharField(_("intitulé de la formation"), max_length=200)
    aims = models.TextField(_("objectifs"), max_length=2000, blank=True)
    hours = models.DecimalField(_("heures prévues"), max_digits=6, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("convention de formation")
        verbose_name_plural = _("conventions de formation")
        constraints = [models.CheckConstraint(condition=Q(hours__gte=0), name="agreement_hours_are_positive")]


class TrainingSession(Scoped):
    """A session, on one day: the hours of its morning and of its afternoon, in minutes."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sessions")
    group = models.ForeignKey(StudyGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("titre"), max_length=200)
    held_on = models.DateField(_("jour"))
    where = models.CharField(_("où"), max_length=200, blank=True)
    trainers = models.CharField(_("qui forme"), max_length=200, blank=True)
    morning = models.PositiveSmallIntegerField(_("minutes le matin"), default=0)
    afternoon = models.PositiveSmallIntegerField(_("minutes l’après-midi"), default=0)

    class Meta:
        verbose_name = _("séance de formation")
        verbose_name_plural = _("séances de formation")
        ordering = ["held_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(morning__gt=0) | Q(afternoon__gt=0), name="session_lasts"),
            models.CheckConstraint(condition=Q(morning__lte=720, afternoon__lte=720), name="session_within_a_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Attendance(Scoped):
    """Somebody was there half a day: copied from the sheet that was signed."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(TrainingSession, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="attendances")
    half = models.CharField(max_length=10, choices=Half)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["session__held_on", "half", "id"]
        constraints = [models.UniqueConstraint(fields=["session", "seat", "half"], name="there_once")]


class Certificate(Scoped):
    """A certificate that was issued: what it said then, whatever is recorded later."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="certificates")
    name = models.CharField(_("prénom et nom"), max_length=120)
    minutes = models.PositiveIntegerField()
    planned = models.PositiveIntegerField()
    first_on = models.DateField()
    last_on = models.DateField()
    issued_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        ordering = ["-issued_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gt=0, last_on__gte=F("first_on")), name="certificate_of_hours")
        ]


class SelfEvaluation(Scoped):
    """What somebody says of what they know how to do, 1 to 4 for each line of the list, before or after."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    timing = models.CharField(max_length=6, choices=Timing)
    answers = models.JSONField(default=dict)
    words = models.TextField(_("en vos mots"), max_length=1000, blank=True)
    filled_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("auto-évaluation")
        verbose_name_plural = _("auto-évaluations")
        ordering = ["timing", "id"]
        constraints = [
            models.UniqueConstraint(fields=["study", "account", "timing"], name="self_evaluation_once_each_time")
        ]
