"""Closing an account."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils import timezone

from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.notifications.actions.reading import forget_recipient
from nuserus.people.actions.roles import revoke_all_roles
from nuserus.people.enums import NameAfterClosing
from nuserus.people.models import Account

ACCOUNT_CLOSED = "people.account_closed"

# RFC 2606 reserves this domain: no message can ever be sent there.
NOWHERE = "ferme.invalid"


def close_account(*, account: Account, name_after: NameAfterClosing) -> None:
    """Close one's account for good.

    Address, password, keys, links, roles and sessions go; the row stays, so that what was shared
    stays credited: under the name, or under nobody's. Raises RoleRefused for the last site
    administrator, before anything is changed.
    """
    # first, on its own connection: later it would wait for the rows changed below
    revoke_all_roles(account=account, reason="account closed")
    for session in UserSession.objects.filter(user=account):
        session.end()
    for rows in (Authenticator, SocialAccount, EmailAddress):
        rows.objects.filter(user=account).delete()
    forget_recipient(account.pk)
    if name_after == NameAfterClosing.REMOVE:
        account.display_name = ""
    account.email = f"{account.pk.hex}@{NOWHERE}"
    account.trade = None
    account.is_active = False
    account.closed_at = timezone.now()
    account.set_unusable_password()
    account.save()
    record("close account", actor=account.pk, object_id=account.pk)
    note_withdrawal(ACCOUNT_CLOSED, object_id=account.pk, details={"name": name_after.value})
