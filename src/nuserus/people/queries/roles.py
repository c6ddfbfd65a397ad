"""Roles held."""

from __future__ import annotations

from nuserus.foundation.asking import Asking, as_system
from nuserus.people import rules
from nuserus.people.models import Account, RoleGrant


def own_roles(asking: Asking) -> list[RoleGrant]:
    """The roles of the person who asks, with their reasons."""
    return list(rules.can_read_role.filter(RoleGrant.objects.filter(account=asking.user_id), asking))


def roles_of(account: Account) -> list[RoleGrant]:
    """Every role of an account, for site administrators; each reading is noted in the journal."""
    with as_system("list the roles of an account"):
        return list(RoleGrant.objects.filter(account_id=account.pk))
