"""Accounts, as others may know them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from nuserus.people.models import Account


def shown_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The name that others read, for each of these accounts; closed ones included."""
    return {account.pk: account.shown_name for account in Account.objects.filter(pk__in=set(ids))}


def account_with_address(email: str) -> Account | None:
    """The open account of exactly this address."""
    return Account.objects.filter(email=email.strip().lower(), is_active=True).first()
