"""Listening to people: guides, interviews, who is there, and the text while it is being typed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.corpus.models import Source
from nuserus.fieldwork.enums import InterviewKind, InterviewMode, InterviewState
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.models import Participant, Study, StudyPlace


class Guide(Scoped):
    """A guide for the interviews of a study, read by all who take part in it, written by who conducts it."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="guides")
    title = models.CharField(_("titre"), max_length=120)
    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("guide d’entretien")
        verbose_name_plural = _("guides d’entretien")
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.GROUP,
                    scope_group=F("study"),
                    scope_mission=F("study"),
                    scope_author=None,
                    scope_institution=None,
                ),
                name="guide_scope",
            )
        ]

    def __str__(self) -> str:
        return self.title


class GuideVersion(Scoped):
    """The themes and questions of a guide at one moment; it never changes, as interviews were held with it.

    `themes` is a list of {"title", "questions": [text]}.
    """

    guide = models.ForeignKey(Guide, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    themes = models.JSONField(_("thèmes et questions"))
    note = models.CharField(_("ce qui change"), max_length=300, blank=True)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("version d’un guide d’entretien")
        verbose_name_plural = _("versions des guides d’entretien")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once")]

    def __str__(self) -> str:
        return f"{self.guide} · {self.number}"


class Interview(Scoped):
    """An interview with one person or several of a place. Its scope is that of the materials of the place.

    `source` is its text in the corpus; before that, what is typed is in `turns`, at `revision`; the notes
    have their own, `notes_revision`.
    """

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="interviews")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="interviews")
    guide = models.ForeignKey(
        GuideVersion,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="interviews",
        verbose_name=_("guide"),
    )
    kind = models.CharField(_("avec"), max_length=10, choices=InterviewKind, default=InterviewKind.INDIVIDUAL)
    mode = models.CharField(_("comment"), max_length=10, choices=InterviewMode, default=InterviewMode.IN_PERSON)
    held_on = models.DateField(_("jour"))
    starts_at = models.TimeField(_("heure"), null=True, blank=True)
    where = models.CharField(_("où"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=11, choices=InterviewState, default=InterviewState.PLANNED)
    notes = models.TextField(_("notes"), max_length=20_000, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.SET_NULL, related_name="interviews")
    revision = models.PositiveIntegerField(default=0)
    notes_revision = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    withheld_at = models.DateTimeField(_("mis de côté le"), null=True, blank=True)
    redacted_at = models.DateTimeField(_("masqué en partie le"), null=True, blank=True)

    class Meta:
        verbose_name = _("entretien")
        verbose_name_plural = _("entretiens")
        ordering = ["-held_on", "-planned_at", "id"]
        indexes = [models.Index(fields=["place", "-held_on"], name="interview_by_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                    scope_mission=F("place"),
                ),
                name="interview_scope",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"


class InterviewParticipant(Scoped):
    """Somebody who is listened to in an interview, of the same place. As open as the interview."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="participations")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="interviews")

    class Meta:
        verbose_name = _("personne d’un entretien")
        verbose_name_plural = _("personnes des entretiens")
        ordering = ["participant__pseudonym", "id"]
        constraints = [models.UniqueConstraint(fields=["interview", "participant"], name="once_in_an_interview")]


class DraftTurn(Scoped):
    """What somebody says in an interview whose text is being typed; it leaves once the text is in the corpus.

    `participant` is null for the interviewer and for a voice that is nobody's yet; times are milliseconds of
    the recording.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    speaker = models.CharField(_("qui parle"), max_length=80, blank=True)
    participant = models.ForeignKey(
        Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="draft_turns"
    )
    text = models.TextField(_("paroles"), max_length=20_000)
    begins_ms = models.PositiveIntegerField(_("de"), null=True, blank=True)
    ends_ms = models.PositiveIntegerField(_("à"), null=True, blank=True)
    withheld_at = models.DateTimeField(_("mis de côté le"), null=True, blank=True)
    redacted_at = models.DateTimeField(_("masqué le"), null=True, blank=True)

    class Meta:
        verbose_name = _("tour de parole à relire")
        verbose_name_plural = _("tours de parole à relire")
        ordering = ["interview", "position"]
        constraints = [models.UniqueConstraint(fields=["interview", "position"], name="draft_turn_position_once")]
