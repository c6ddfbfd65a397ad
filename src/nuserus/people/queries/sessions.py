"""Ways into an account."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from nuserus.people.models import Account


@dataclass(frozen=True, slots=True)
class WaysIn:
    """How a person enters, counted."""

    password: bool
    passkeys: int
    application: bool
    linked: bool
    sessions: int


def ways_into(account: Account) -> WaysIn:
    """How the person may enter, and from how many places they are in now."""
    kinds = list(Authenticator.objects.filter(user=account).values_list("type", flat=True))
    return WaysIn(
        password=account.has_usable_password(),
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        application=Authenticator.Type.TOTP in kinds,
        linked=SocialAccount.objects.filter(user=account).exists(),
        sessions=len(UserSession.objects.purge_and_list(account)),
    )
