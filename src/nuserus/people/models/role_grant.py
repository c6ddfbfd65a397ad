"""`RoleGrant`: a person holds a role."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.models import Scoped
from nuserus.people.enums import Role
from nuserus.people.models.account import Account


class RoleGrant(Scoped):
    """A role held by a person, everywhere or (`scope_institution`) in one place only.

    Its author in the sense of the scope is the person who holds it, so that they may read it. The
    application role may read and never write: `actions.grant_role` and `revoke_role` do.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("rôle"), max_length=30, choices=Role)
    reason = models.CharField(_("motif"), max_length=200)
    granted_by = models.UUIDField(_("donné par"), null=True, editable=False)
    granted_at = models.DateTimeField(_("donné le"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rôle donné")
        verbose_name_plural = _("rôles donnés")
        ordering = ["granted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "scope_institution"],
                nulls_distinct=False,
                name="role_granted_once",
            ),
            # the standing "roles" is read through this equality
            models.CheckConstraint(
                condition=models.Q(scope_author=models.F("account")), name="role_read_by_its_holder"
            ),
        ]

    def __str__(self) -> str:
        return str(Role(self.role).label)
