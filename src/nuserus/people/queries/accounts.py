"""Accounts, as others may know them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from nuserus.notifications.registry import Addressee
from nuserus.people.models import Account


def shown_names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """The name that others read, for each of these accounts; closed ones included."""
    return {account.pk: account.shown_name for account in Account.objects.filter(pk__in=set(ids))}


def account_with_address(email: str) -> Account | None:
    """The open account of exactly this address."""
    return Account.objects.filter(email=email.strip().lower(), is_active=True).first()


def reachable_accounts() -> QuerySet[Account]:
    """Open accounts whose present address was confirmed: mail to another may reach a stranger."""
    confirmed = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
    return Account.objects.filter(Exists(confirmed), is_active=True)


def addressee(account_id: UUID) -> Addressee | None:
    """Where mail for this account goes today; None when it is closed or its address is not confirmed."""
    account = reachable_accounts().filter(pk=account_id).first()
    return Addressee(account.email, account.language) if account else None


def everyone_reachable(opened_before: datetime) -> Iterator[UUID]:
    """Every account to which mail may go, but the newest."""
    known = reachable_accounts().filter(created_at__lt=opened_before)
    return known.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=1000)
