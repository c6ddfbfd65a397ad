"""Who works where."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import CheckedBy, MembershipStatus
from nuserus.directory.models.institutions import Institution
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped

OPEN = (MembershipStatus.PENDING, MembershipStatus.CONFIRMED)


class Membership(Scoped):
    """A person says that they work in an institution; its referent confirms.

    `claimed_at` says since when the person asks to be its referent as well. `checked_by` and
    `how_checked` say how it was made sure that a referent may speak for the place. A code that was
    sent to the place's own address is kept as a keyed hash alone, and its four columns are written
    by functions of the database. Triggers guard the decisions and how many places one person may
    ask for: see docs/access/floor-exceptions.md.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("personne"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    institution = models.ForeignKey(
        Institution,
        verbose_name=_("établissement ou service"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    trade = models.ForeignKey(
        "people.Trade",
        verbose_name=_("métier"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("état"), max_length=10, choices=MembershipStatus, default=MembershipStatus.PENDING)
    is_referent = models.BooleanField(_("référent ou référente"), default=False)
    message = models.CharField(_("message"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidé par"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    claimed_at = models.DateTimeField(_("demande à être référent ou référente depuis"), null=True, blank=True)
    claim_refused_at = models.DateTimeField(_("refusé comme référent ou référente le"), null=True, blank=True)
    checked_by = models.CharField(_("vérifié par"), max_length=10, choices=CheckedBy, blank=True)
    how_checked = models.CharField(_("comment cela a été vérifié"), max_length=500, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    code_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    code_count = models.PositiveSmallIntegerField(default=0, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("appartenance à un établissement")
        verbose_name_plural = _("appartenances à un établissement")
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "institution"],
                condition=Q(status__in=OPEN),
                name="membership_open_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    scope_level=Level.RESTRICTED,
                    scope_institution=F("institution"),
                    scope_author=F("account"),
                    scope_group=None,
                    scope_mission=None,
                ),
                name="membership_scope",
            ),
            models.CheckConstraint(
                condition=Q(is_referent=False) | Q(status=MembershipStatus.CONFIRMED),
                name="membership_referent_is_member",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.scope_level = Level.RESTRICTED
        self.scope_institution = self.institution_id
        self.scope_author = self.account_id
        super().save(*args, **kwargs)

    def __str__(self) -> str:
        return f"{self.account_id} · {self.institution_id}"
