"""A material of a study, its versions, and who speaks where."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.consent.provenance import MASK
from nuserus.corpus.enums import SourceKind, SourceState
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped
from nuserus.studies.models import Participant, Study, StudyPlace
from nuserus.ui.dates import date_format


class Source(Scoped):
    """What was said, written or filmed in one place of a study. Its scope is that of the materials of the place."""

    study = models.ForeignKey(Study, on_delete=models.CASCADE, related_name="sources")
    place = models.ForeignKey(StudyPlace, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(_("genre"), max_length=12, choices=SourceKind)
    title = models.CharField(_("titre"), max_length=200)
    reference = models.CharField(_("référence"), max_length=300, blank=True)
    collected_on = models.DateField(_("recueilli le"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée en minutes"), null=True, blank=True)
    language = models.CharField(_("langue"), max_length=8, default="fr")
    state = models.CharField(_("état"), max_length=8, choices=SourceState, default=SourceState.RAW)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    withheld_at = models.DateTimeField(_("mis de côté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("matériau")
        verbose_name_plural = _("matériaux")
        ordering = ["-added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=None,
                    scope_group=None,
                    scope_author__isnull=False,
                    scope_mission=F("place"),
                ),
                name="source_scope",
            )
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def is_erased(self) -> bool:
        """Whether who spoke in it, alone, had everything erased: its title is covered too."""
        return bool(self.title) and not self.title.strip(f"{MASK} ")

    @property
    def called(self) -> str:
        """Its title; when that was erased, what it is and of which day."""
        if not self.is_erased:
            return self.title
        kind = SourceKind(self.kind).label.capitalize()
        if self.collected_on is None:
            return str(kind)
        return gettext("%(kind)s du %(day)s") % {"kind": kind, "day": date_format(self.collected_on, "j F Y")}


class SourceVersion(Scoped):
    """The text of a source at one moment: NFC, line feeds, no byte order mark. Never edited, only redacted.

    Another wording is another version, made from the one before (`made_from`). `sha256` is of the text in
    UTF-8, in hexadecimal; the database checks it. `words` counts those that are not put aside.
    """

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"), validators=[MinValueValidator(1)])
    text = models.TextField(_("texte"))
    sha256 = models.CharField(max_length=64)
    words = models.PositiveIntegerField(_("mots"), default=0)
    made_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("pourquoi"), max_length=200, blank=True)
    pseudonymised = models.BooleanField(_("pseudonymisée"), default=False)
    made_by = models.UUIDField(_("faite par"), null=True)
    made_at = models.DateTimeField(_("faite le"), default=timezone.now)
    redacted_at = models.DateTimeField(_("masquée en partie le"), null=True, blank=True)

    class Meta:
        verbose_name = _("version d’un matériau")
        verbose_name_plural = _("versions des matériaux")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["source", "number"], name="source_version_once")]

    def __str__(self) -> str:
        return f"{self.source_id} {self.number}"


class Turn(Scoped):
    """Who speaks from `start` to `end` of a version: code points, half-open.

    The text is the words of its turns, a line feed between two. `participant` is null for the interviewer
    (`interviewer`) and for a speaker who is not bound yet. `begins_ms` and `ends_ms` are milliseconds of the
    recording. A turn of somebody who no longer wants to be used is put aside (`withheld_at`).
    """

    version = models.ForeignKey(SourceVersion, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveIntegerField()
    speaker = models.CharField(_("qui parle"), max_length=80, blank=True)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT, related_name="turns")
    interviewer = models.BooleanField(_("c’est qui mène l’entretien"), default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    begins_ms = models.PositiveIntegerField(_("de"), null=True, blank=True)
    ends_ms = models.PositiveIntegerField(_("à"), null=True, blank=True)
    withheld_at = models.DateTimeField(_("mis de côté le"), null=True, blank=True)

    class Meta:
        verbose_name = _("tour de parole")
        verbose_name_plural = _("tours de parole")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="turn_position_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="turn_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(interviewer=False) | Q(participant=None), name="turn_of_one_person"),
        ]
