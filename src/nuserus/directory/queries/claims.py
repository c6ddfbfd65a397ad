"""Who speaks for an institution, and what follows when nobody does."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from nuserus.directory.enums import CODE_DAYS, CODES_A_REQUEST, MembershipStatus
from nuserus.directory.models import Correction, Institution, Membership
from nuserus.directory.queries.notices import referents_of
from nuserus.directory.rules import can_read_correction
from nuserus.foundation.asking import Asking


@dataclass(frozen=True, slots=True)
class Path:
    """How a claim of one person on one place is answered: by whom, and whether a code may help."""

    has_referent: bool
    address: str
    under_way: bool
    may_ask: bool

    @property
    def by_code(self) -> bool:
        """Whether a code sent to the place settles it."""
        return not self.has_referent and bool(self.address)


def is_last_referent(membership: Membership) -> bool:
    """Whether nobody else is a referent of the place."""
    return membership.is_referent and set(referents_of(membership.institution_id)) <= {membership.account_id}


def path_of_claim(institution: Institution, membership: Membership | None = None) -> Path:
    """How the place answers who asks to be its referent."""
    asked_at = membership.code_asked_at if membership else None
    fresh = asked_at is not None and (timezone.now() - asked_at).days < CODE_DAYS
    return Path(
        has_referent=bool(referents_of(institution.pk)),
        address=masked(institution.contact_email),
        under_way=fresh,
        may_ask=membership is None or membership.code_count < CODES_A_REQUEST,
    )


def masked(address: str) -> str:
    """Enough of an address to recognise it: its first letter and its domain."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}" if name and domain else ""


def successors(asking: Asking, membership: Membership) -> QuerySet[Membership]:
    """The other members of a place, to whom its referent may hand over."""
    if membership.institution_id not in asking.managed:
        return Membership.objects.none()
    return (
        Membership.objects.filter(institution=membership.institution_id, status=MembershipStatus.CONFIRMED)
        .exclude(pk=membership.pk)
        .select_related("account", "trade")
        .order_by("account__display_name", "pk")
    )


def corrections_of(asking: Asking, institution: Institution) -> QuerySet[Correction]:
    """What the referents of a place corrected, last first, for them and the moderators."""
    return can_read_correction.filter(Correction.objects.all(), asking).filter(institution=institution)
