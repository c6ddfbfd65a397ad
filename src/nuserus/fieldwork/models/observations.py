"""What was seen: fact, interpretation and the very words, apart."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.fieldwork.enums import ObservationState
from nuserus.fieldwork.models.visits import Visit
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.instruments.models import Submission
from nuserus.studies.models import Participant, Study, StudyPlace


class Observation(Scoped):
    """One situation, seen during a visit, typed here or taken up from a fiche of the grid.

    In the making it is its author's alone; then it has the scope of the materials of the place, or, when it
    comes from a fiche, that of the fiche (`fiche_readers`, the mission of its instrument): nobody reads here
    what the fiche would not show. The database writes the scope, and place and study from the visit.
    `withheld_at`: somebody withdrew, nobody works with it; `flagged_at`: it must be read over for that.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="observations")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="observations")
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="observations")
    submission = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.SET_NULL, related_name="observation"
    )
    fiche_readers = models.UUIDField(null=True, blank=True, editable=False)
    state = models.CharField(_("état"), max_length=5, choices=ObservationState, default=ObservationState.DRAFT)
    day = models.DateField(_("jour"))
    where = models.CharField(_("où, à quel moment"), max_length=200, blank=True)
    fact = models.TextField(_("les faits"), max_length=20_000, blank=True)
    interpretation = models.TextField(_("l’interprétation"), max_length=20_000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    done_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    withheld_at = models.DateTimeField(_("mise de côté le"), null=True, blank=True)
    redacted_at = models.DateTimeField(_("masquée le"), null=True, blank=True)
    flagged_at = models.DateTimeField(_("à relire depuis"), null=True, blank=True)

    class Meta:
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        ordering = ["-day", "-begun_at", "id"]
        indexes = [models.Index(fields=["place", "-day"], name="observation_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                )
                & (
                    Q(state=ObservationState.DRAFT, scope_mission=None)
                    | Q(state=ObservationState.DONE, scope_mission__isnull=False, done_at__isnull=False)
                ),
                name="observation_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.day:%Y-%m-%d}"


class Saying(Scoped):
    """Words as they were said. `participant` null: not said by whom. As open as the observation."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="sayings")
    position = models.PositiveSmallIntegerField()
    participant = models.ForeignKey(
        Participant,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sayings",
        verbose_name=_("qui parle"),
    )
    text = models.TextField(_("mot à mot"), max_length=4000)
    withheld_at = models.DateTimeField(_("mises de côté le"), null=True, blank=True)
    redacted_at = models.DateTimeField(_("masquées le"), null=True, blank=True)

    class Meta:
        verbose_name = _("paroles dans une observation")
        verbose_name_plural = _("paroles dans les observations")
        ordering = ["position", "id"]


class Presence(Scoped):
    """A participant who was there, and agreed to take part. As open as the observation."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="presences")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="presences")

    class Meta:
        verbose_name = _("présence dans une observation")
        verbose_name_plural = _("présences dans les observations")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["observation", "participant"], name="present_once")]
