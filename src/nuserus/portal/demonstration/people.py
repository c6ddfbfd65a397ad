"""Invented people: one account per role, and the members who tell."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.foundation.levels import Level
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant, Trade
from nuserus.portal.demonstration.sources import DEMONSTRATION_PASSWORD, Entry, accounts

_NAMES = {"person_accompanied": Role.ACCOMPANIED}
# These two are given by a place, with its confirmed membership.
_BY_MEMBERSHIP = {Role.MEMBER, Role.REFERENT}


def load_accounts(institutions: dict[str, Institution]) -> dict[str, Account]:
    """Accounts by slug, their address confirmed, their roles granted, their place confirmed."""
    made: dict[str, Account] = {}
    password = make_password(DEMONSTRATION_PASSWORD)
    for entry in accounts():
        account = Account.objects.create(
            email=entry["email"],
            display_name=f"{entry['first_name']} {entry['last_initial']}.",
            trade=Trade.objects.filter(slug__in=entry["trades"]).first(),
            password=password,
        )
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        roles = {_NAMES.get(name) or Role(name) for name in entry["roles"]}
        place = institutions.get(entry["institution"] or "")
        if place and entry["verified"]:
            _make_member(account, place, referent=Role.REFERENT in roles)
            roles -= _BY_MEMBERSHIP
        _grant(account, roles)
        made[entry["slug"]] = account
    return made


def role_accounts() -> list[Entry]:
    """The accounts that show one role each, as shown to who tries the demonstration."""
    return [entry for entry in accounts() if entry.get("purpose")]


def _make_member(account: Account, place: Institution, *, referent: bool) -> None:
    Membership.objects.create(
        account=account,
        institution=place,
        trade=account.trade,
        status=MembershipStatus.CONFIRMED,
        is_referent=referent,
        decided_at=timezone.now(),
        scope_level=Level.RESTRICTED,
        scope_institution=place.pk,
        scope_author=account.pk,
    )


def _grant(account: Account, roles: set[Role]) -> None:
    for role in sorted(roles):
        RoleGrant.objects.create(
            account=account,
            role=role,
            scope_level=Level.RESTRICTED,
            scope_author=account.pk,
        )
