"""What people said, one line after the other, and where that leaves them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import How, Purpose, State, Step, Voice
from nuserus.consent.models.notices import NoticeVersion
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped


class Consent(Scoped):
    """Where one consent stands: one subject, one purpose, one object, one voice.

    A projection of its events, kept by a trigger of the database in the same transaction; the
    application reads it and never writes it. `subject` and `object_id` are plain ids: an account, a
    participant, somebody without an account; a sheet, words, a recording. The author of the scope
    is the subject when they have an account, else who answers for the object. `reminded_for` is the end
    of which those who record it were told.
    """

    subject = models.UUIDField(_("personne"))
    purpose = models.CharField(_("but"), max_length=20, choices=Purpose)
    object_kind = models.CharField(_("au sujet de"), max_length=40)
    object_id = models.UUIDField()
    voice = models.CharField(_("qui le dit"), max_length=15, choices=Voice, default=Voice.PERSON)
    state = models.CharField(_("état"), max_length=10, choices=State)
    since = models.DateTimeField(_("depuis"))
    expires_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)
    notice_version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField(default=1)
    reminded_for = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("accord")
        verbose_name_plural = _("accords")
        ordering = ["-since", "id"]
        indexes = [models.Index(fields=["object_id", "purpose"], name="consent_by_object")]
        constraints = [
            models.UniqueConstraint(fields=["subject", "purpose", "object_id", "voice"], name="consent_once"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None),
                name="consent_scope",
            ),
        ]

    @property
    def holds(self) -> bool:
        """Whether this voice agrees today."""
        return self.state == State.GIVEN and (self.expires_at is None or self.expires_at > timezone.now())


class ConsentEvent(Scoped):
    """One thing said about one consent. Append-only: the database refuses to change or remove it.

    `consent` and `position` are given by the database. `recorded_by` is who wrote it down: the
    person themselves on their screen, or who heard it or keeps the paper; null when the term came, or
    when the person without an account used their card.
    `witness` says by what they are, never by name, who was there when it was said aloud; `said_on` is the
    day on the paper, when it was written down later.
    """

    consent = models.UUIDField()
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(_("étape"), max_length=10, choices=Step)
    subject = models.UUIDField(_("personne"))
    purpose = models.CharField(_("but"), max_length=20, choices=Purpose)
    object_kind = models.CharField(_("au sujet de"), max_length=40)
    object_id = models.UUIDField()
    voice = models.CharField(_("qui le dit"), max_length=15, choices=Voice, default=Voice.PERSON)
    how = models.CharField(_("comment"), max_length=10, choices=How, blank=True)
    witness = models.CharField(_("témoin"), max_length=80, blank=True)
    notice_version = models.ForeignKey(NoticeVersion, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("jusqu’au"), null=True, blank=True)
    recorded_by = models.UUIDField(_("noté par"), null=True)
    at = models.DateTimeField(_("le"), default=timezone.now)
    said_on = models.DateField(_("dit ou signé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("étape d’un accord")
        verbose_name_plural = _("étapes des accords")
        ordering = ["consent", "position"]
        constraints = [
            models.UniqueConstraint(fields=["consent", "position"], name="consent_event_position_once"),
            models.CheckConstraint(
                condition=Q(kind=Step.EXPIRED)
                | (~Q(how="") & Q(recorded_by__isnull=False))
                | Q(how=How.CARD, kind=Step.WITHDRAWN),
                name="consent_event_said_somehow",
            ),
            models.CheckConstraint(condition=~Q(how=How.ORAL) | ~Q(witness=""), name="consent_event_aloud_has_witness"),
            models.CheckConstraint(
                condition=Q(scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None),
                name="consent_event_scope",
            ),
        ]
