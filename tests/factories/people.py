"""Rows of people for tests."""

from __future__ import annotations

import itertools
from uuid import UUID

from allauth.account.models import EmailAddress

from nuserus.foundation.asking import as_system
from nuserus.people.actions.roles import install_role
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant, Trade

PASSWORD = "brouette lavande tabouret"
_numbers = itertools.count(1)


def make_account(
    *roles: Role | str,
    email: str = "",
    name: str = "Camille",
    password: str | None = None,
    verified: bool = True,
    trade: str = "",
    language: str = "fr",
    is_active: bool = True,
) -> Account:
    """An account that may sign in; with a password only when one is given (hashing is slow)."""
    address = (email or f"personne{next(_numbers)}@exemple.test").lower()
    with as_system("test data"):
        account = Account.objects.create_user(
            address,
            password,
            display_name=name,
            trade=Trade.objects.get(slug=trade) if trade else None,
            language=language,
            is_active=is_active,
        )
        EmailAddress.objects.create(user=account, email=address, verified=verified, primary=True)
    for role in roles:
        make_role(account, role)
    return account


def make_role(account: Account, role: Role | str, institution: UUID | None = None) -> RoleGrant:
    """A role held by the account."""
    if institution is None:
        return install_role(account=account, role=Role(role), reason="essai")
    with as_system("test data"):
        return RoleGrant.objects.create(
            account=account,
            role=Role(role),
            reason="essai",
            scope_author=account.pk,
            scope_institution=institution,
        )
