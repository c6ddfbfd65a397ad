"""Memberships, as far as the person who asks may know."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.directory.models.memberships import OPEN
from nuserus.directory.rules import can_decide_membership, can_read_membership
from nuserus.foundation.asking import Asking


def own_memberships(asking: Asking) -> QuerySet[Membership]:
    """The open memberships of the person: confirmed ones, and requests that wait."""
    return Membership.objects.filter(account=asking.user_id, status__in=OPEN).select_related(
        "institution__category", "institution__department"
    )


def own_membership_in(asking: Asking, institution: Institution) -> Membership | None:
    """The open membership of the person in this institution, if any."""
    if asking.user_id is None:
        return None
    return Membership.objects.filter(account=asking.user_id, institution=institution, status__in=OPEN).first()


def may_manage_members(asking: Asking, institution: Institution) -> bool:
    """Whether the person may decide about the members of this institution."""
    return institution.pk in asking.managed or "moderator" in asking.roles


def may_answer_requests(asking: Asking) -> bool:
    """Whether the person may decide about members somewhere."""
    return bool(asking.managed) or "moderator" in asking.roles


def memberships_to_manage(asking: Asking, institution: Institution) -> QuerySet[Membership]:
    """Requests that wait, then members, of an institution that the person may decide for."""
    return (
        can_decide_membership.filter(Membership.objects.all(), asking)
        .filter(institution=institution, status__in=OPEN)
        .select_related("account", "trade")
        .order_by("-status", F("claimed_at").asc(nulls_last=True), "asked_at")
    )


def requests_count(asking: Asking, institution: Institution) -> int:
    """How many requests wait in an institution; 0 for whom may not decide about them."""
    if not may_manage_members(asking, institution):
        return 0
    waits = Q(status=MembershipStatus.PENDING) | Q(claimed_at__isnull=False)
    return memberships_to_manage(asking, institution).filter(waits).exclude(account=asking.user_id).count()


def requests_waiting_for(asking: Asking) -> QuerySet[Membership]:
    """Requests and claims that the person is the one to answer: as a referent of the place, or as a
    moderator where the place has no referent. Her own are never among them."""
    waiting = (
        can_read_membership.filter(Membership.objects.all(), asking)
        .filter(Q(status=MembershipStatus.PENDING) | Q(status=MembershipStatus.CONFIRMED, claimed_at__isnull=False))
        .exclude(account=asking.user_id)
        .select_related("account", "institution__category", "institution__department", "trade")
        .order_by("asked_at")
    )
    hers = waiting.filter(institution__in=asking.managed)
    if "moderator" not in asking.roles:
        return hers
    return hers | waiting.filter(~Exists(_referents_of(OuterRef("institution"))))


def _referents_of(institution: OuterRef) -> QuerySet[Membership]:
    return Membership.objects.filter(institution=institution, is_referent=True)
