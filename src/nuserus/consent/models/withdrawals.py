"""Taking everything back: what was asked, what became of each thing, what is still to do. No words, no name."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, How, Mode, Outcome
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped

_RESTRICTED = Q(
    scope_level=Level.RESTRICTED, scope_institution=None, scope_group=None, scope_mission__isnull=False
)  # fmt: skip


class Withdrawal(Scoped):
    """Somebody (`subject`) takes back their part in what is done on one mission, as far as `mode` says.

    Written by the system role alone: once to say that it was asked (`requested_at`), then again in the one
    transaction that does it (`done_at`). `settled_at` is when the files that follow were gone too.
    `tries` counts the attempts that failed: each undid itself whole. `recorded_by` is null when the person
    used their card.
    """

    subject = models.UUIDField(_("personne"))
    mode = models.CharField(_("jusqu’où"), max_length=15, choices=Mode)
    how = models.CharField(_("comment"), max_length=10, choices=How)
    witness = models.CharField(_("témoin"), max_length=80, blank=True)
    recorded_by = models.UUIDField(_("noté par"), null=True)
    requested_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    settled_at = models.DateTimeField(_("fini le"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("essais qui n’ont pas abouti"), default=0)

    class Meta:
        verbose_name = _("retrait")
        verbose_name_plural = _("retraits")
        ordering = ["-requested_at", "id"]
        indexes = [
            models.Index(fields=["subject", "-requested_at"], name="withdrawal_of_subject"),
            models.Index(fields=["requested_at"], condition=Q(settled_at=None), name="withdrawal_to_settle"),
        ]
        constraints = [
            models.CheckConstraint(condition=_RESTRICTED, name="withdrawal_scope"),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=False) | Q(how=How.CARD), name="withdrawal_said_somehow"
            ),
            models.CheckConstraint(condition=~Q(how=How.ORAL) | ~Q(witness=""), name="withdrawal_aloud_has_witness"),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(done_at__isnull=False), name="withdrawal_done_before_settled"
            ),
        ]

    @property
    def mission(self) -> UUID:
        """What it is about: the mission of the place, of the work."""
        if self.scope_mission is None:
            raise ValueError("a withdrawal has a mission")
        return self.scope_mission


class WithdrawalTrace(Scoped):
    """One line of the receipt: what, how many, what became of it. As open as its withdrawal."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="traces")
    position = models.PositiveSmallIntegerField()
    what = models.CharField(_("quoi"), max_length=200)
    count = models.PositiveIntegerField(_("combien"))
    fate = models.CharField(_("ce qui en est fait"), max_length=10, choices=Fate)

    class Meta:
        verbose_name = _("ligne d’un reçu")
        verbose_name_plural = _("lignes d’un reçu")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["withdrawal", "position"], name="withdrawal_trace_once")]


class Flagged(Scoped):
    """Something that a person must look at: several people speak in it, or no program knows how to mask it.

    `address` is a path of the site, empty when there is no page. `outcome` is what was done, in a word
    of a list: what somebody writes here could hold what was taken back.
    """

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="flagged")
    what = models.CharField(_("quoi"), max_length=200)
    object_kind = models.CharField(_("genre"), max_length=60, blank=True)
    object_id = models.UUIDField(null=True, blank=True)
    address = models.CharField(_("adresse"), max_length=300, blank=True)
    outcome = models.CharField(_("ce qui a été fait"), max_length=10, choices=Outcome, blank=True)
    reviewed_at = models.DateTimeField(_("relu le"), null=True, blank=True)
    reviewed_by = models.UUIDField(_("relu par"), null=True, blank=True)

    class Meta:
        verbose_name = _("chose à relire")
        verbose_name_plural = _("choses à relire")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", reviewed_at=None, reviewed_by=None)
                | (~Q(outcome="") & Q(reviewed_at__isnull=False, reviewed_by__isnull=False)),
                name="flagged_reviewed_whole",
            )
        ]


class ForgottenFile(Scoped):
    """A file that must leave the disk: the outbox of a withdrawal. Emptied once that is committed."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="files")
    storage_name = models.CharField(_("nom sur le disque"), max_length=300)
    done_at = models.DateTimeField(_("effacé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("fichier à effacer")
        verbose_name_plural = _("fichiers à effacer")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["withdrawal", "storage_name"], name="forgotten_file_once")]
        indexes = [models.Index(fields=["withdrawal"], condition=Q(done_at=None), name="forgotten_file_waiting")]


class LeftExport(Scoped):
    """Words of people that left the site in a file somebody downloaded: nobody can call it back.

    `subject` is null when the export was of everything collected on the mission.
    """

    subject = models.UUIDField(_("personne"), null=True, blank=True)
    what = models.CharField(_("quoi"), max_length=200)
    at = models.DateTimeField(_("le"), default=timezone.now)

    class Meta:
        verbose_name = _("export sorti")
        verbose_name_plural = _("exports sortis")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["scope_mission", "at"], name="left_export_of_mission")]
        constraints = [models.CheckConstraint(condition=_RESTRICTED, name="left_export_scope")]


class ProvenanceEdge(Scoped):
    """`to` was made from `from`: ids and kinds ("instruments.Submission") alone."""

    from_kind = models.CharField(max_length=60)
    from_id = models.UUIDField()
    to_kind = models.CharField(max_length=60)
    to_id = models.UUIDField()

    class Meta:
        verbose_name = _("provenance")
        verbose_name_plural = _("provenances")
        ordering = ["id"]
        indexes = [models.Index(fields=["from_id"], name="provenance_by_source")]
        constraints = [
            models.UniqueConstraint(fields=["from_kind", "from_id", "to_kind", "to_id"], name="provenance_once"),
            models.CheckConstraint(condition=_RESTRICTED, name="provenance_scope"),
        ]
