"""A study, its rules of retention, its phases and steps."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.enums import KeptFrom, KeptThen, LegalBasis, Material, Qualification, StepKind, StudyStatus


class Study(Scoped):
    """A research-action-training made with institutions.

    Its group and its mission are its own id: `scope_group` is everybody who takes part, `scope_mission`
    those who conduct it. The functions of the database open it and let people in.
    """

    title = models.CharField(_("titre"), max_length=200)
    purpose = models.TextField(_("à quoi sert cette étude"), max_length=4000, blank=True)
    question = models.CharField(_("question de recherche"), max_length=500, blank=True)
    status = models.CharField(_("état"), max_length=10, choices=StudyStatus, default=StudyStatus.PREPARING)
    starts_on = models.DateField(_("commence le"), null=True, blank=True)
    ends_on = models.DateField(_("finit le"), null=True, blank=True)
    qualification = models.CharField(
        _("qualification juridique"), max_length=10, choices=Qualification, default=Qualification.UNSETTLED
    )
    justification = models.TextField(_("pourquoi cette qualification"), max_length=2000, blank=True)
    opinion_body = models.CharField(_("qui a donné un avis"), max_length=200, blank=True)
    opinion_reference = models.CharField(_("référence de l’avis"), max_length=120, blank=True)
    opinion_on = models.DateField(_("avis rendu le"), null=True, blank=True)
    # the function of the database that opens a study does not name these
    legal_basis = models.CharField(
        _("base légale"),
        max_length=20,
        choices=LegalBasis,
        default=LegalBasis.UNSETTLED,
        db_default=LegalBasis.UNSETTLED,
    )
    controller = models.CharField(_("responsable du traitement"), max_length=200, blank=True, default="", db_default="")
    contact = models.CharField(_("à qui s’adresser"), max_length=300, blank=True, default="", db_default="")
    is_fictitious = models.BooleanField(_("exemple fictif"), default=False)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("étude")
        verbose_name_plural = _("études")
        ordering = ["-opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.GROUP,
                    scope_group=F("id"),
                    scope_mission=F("id"),
                    scope_author=None,
                    scope_institution=None,
                ),
                name="study_scope",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="study_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RetentionRule(Scoped):
    """How long one kind of material is kept, from when, and what is done then."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="retention")
    material = models.CharField(_("quoi"), max_length=12, choices=Material)
    months = models.PositiveSmallIntegerField(_("mois"))
    kept_from = models.CharField(_("à partir de"), max_length=10, choices=KeptFrom, default=KeptFrom.CLOSED)
    then = models.CharField(_("ensuite"), max_length=10, choices=KeptThen, default=KeptThen.ERASE)
    reason = models.CharField(_("pourquoi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("règle de conservation")
        verbose_name_plural = _("règles de conservation")
        ordering = ["material", "id"]
        constraints = [models.UniqueConstraint(fields=["study", "material"], name="retention_once_per_material")]


class Phase(Scoped):
    """A phase of a study, in its order."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(_("phase"), max_length=200)
    aim = models.CharField(_("ce qu’elle vise"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Step(Scoped):
    """A step of a phase; `days` is how many days it takes in one place, in halves."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="steps")
    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("genre"), max_length=12, choices=StepKind, default=StepKind.OTHER)
    name = models.CharField(_("étape"), max_length=200)
    days = models.DecimalField(_("jours"), max_digits=4, decimal_places=1, default=0)
    in_each_place = models.BooleanField(_("dans chaque établissement"), default=False)
    produces = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("ce qu’elle donne")
    )
    starts_on = models.DateField(_("du"), null=True, blank=True)
    ends_on = models.DateField(_("au"), null=True, blank=True)
    done_on = models.DateField(_("faite le"), null=True, blank=True)

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["phase__position", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="step_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(days__gte=0), name="step_days_are_positive"),
        ]

    def __str__(self) -> str:
        return self.name
