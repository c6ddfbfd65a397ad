"""Who works where."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models.institutions import Institution
from nuserus.foundation.levels import Level
from nuserus.foundation.models import Scoped

OPEN = (MembershipStatus.PENDING, MembershipStatus.CONFIRMED)


class Membership(Scoped):
    """A person says that they work in an institution; its referent confirms.

    A trigger of the database guards the decisions: see docs/access/floor-exceptions.md.
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
