"""Places, circles and seats."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from nuserus.directory.models import Institution
from nuserus.directory.queries import institutions_in_brief
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import GroupKind, Part, PlaceState, SeatState
from nuserus.studies.models import Participation, Study, StudyGroup, StudyPlace
from nuserus.studies.rules import can_read_circle, can_read_place, can_read_seat
from nuserus_analysis.text import fold

MAX_WORDS = 8


@dataclass(frozen=True, slots=True)
class Invitation:
    """A seat that waits for an answer, or that a link opens: enough to say yes or no."""

    seat: UUID
    study: UUID
    title: str
    purpose: str
    is_fictitious: bool
    part: str
    trade: str
    kind: str
    place: str
    invited_at: datetime
    mine: bool

    @property
    def part_label(self) -> str:
        return str(Part(self.part).label)


@dataclass(frozen=True, slots=True)
class PlaceInvitation:
    """A study that invites an institution whose referent the person is."""

    place: UUID
    study: UUID
    title: str
    purpose: str
    is_fictitious: bool
    institution: str
    is_partner: bool
    is_observed: bool


@dataclass(frozen=True, slots=True)
class Headcount:
    """How many seats a circle has, how many are taken, and the trades that sit there."""

    seated: int
    seats: int
    trades: tuple[str, ...]


def hashed(secret: str) -> str:
    """The SHA-256 of a secret, as it is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def own_invitations() -> list[Invitation]:
    """The invitations that wait for the person who asks."""
    return _invitations("")


def invitation_by_link(secret: str) -> Invitation:
    """What a link invites to. Raises Unreadable when nothing, or no more."""
    found = _invitations(hashed(secret)) if secret else []
    if not found:
        raise Unreadable
    return found[0]


def _invitations(link: str) -> list[Invitation]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_invitations(%s)", [link])
        return [Invitation(*row) for row in cursor.fetchall()]


def place_invitations() -> list[PlaceInvitation]:
    """Studies that invite the places whose referent the person is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_place_invitations()")
        return [PlaceInvitation(*row) for row in cursor.fetchall()]


def headcounts(study: Study) -> dict[UUID, Headcount]:
    """Seats and trades of every circle of a study, without anybody's name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_headcount(%s)", [study.pk])
        return {UUID(str(row[0])): Headcount(row[1], row[2], tuple(sorted(row[3]))) for row in cursor.fetchall()}


def places_of(asking: Asking, study: Study) -> QuerySet[StudyPlace]:
    """The places of a study, those that said no last."""
    rows = StudyPlace.objects.filter(study=study).select_related("institution__category", "institution__department")
    return can_read_place.filter(rows, asking).order_by("-is_partner", "institution__name")


def institutions_to_invite(asking: Asking, study: Study, text: str) -> QuerySet[Institution]:
    """Open institutions whose name or town has every word, and that are not in the study yet."""
    there = places_of(asking, study).order_by().values("institution")
    found = institutions_in_brief().filter(closed_on=None).exclude(pk__in=there)
    words = [fold(word) for word in text.split()[:MAX_WORDS]]
    if not words:
        return found.none()
    for word in words:
        found = found.filter(Q(folded__contains=word) | Q(town_folded__contains=word) | Q(category__short__iexact=word))
    return found.order_by("name", "pk")


def places_that_take_part(asking: Asking, study: Study) -> int:
    """How many places have not said no."""
    return places_of(asking, study).exclude(state=PlaceState.DECLINED).count()


def readable_place(asking: Asking, place_id: UUID) -> StudyPlace:
    """A place of a study. Raises Unreadable."""
    found = StudyPlace.objects.select_related("study", "institution").filter(pk=place_id).first()
    if found is None:
        raise Unreadable
    can_read_place.require(asking, found)
    return found


def circles_of(asking: Asking, study: Study) -> list[StudyGroup]:
    """Team, committee, then the working groups by place."""
    rows = StudyGroup.objects.filter(study=study).select_related("place__institution")
    order = [GroupKind.TEAM, GroupKind.COMMITTEE, GroupKind.WORKING]
    found = can_read_circle.filter(rows, asking)
    return sorted(found, key=lambda one: (order.index(GroupKind(one.kind)), str(one)))


def readable_circle(asking: Asking, circle_id: UUID) -> StudyGroup:
    """A circle. Raises Unreadable."""
    found = StudyGroup.objects.select_related("study", "place__institution").filter(pk=circle_id).first()
    if found is None:
        raise Unreadable
    can_read_circle.require(asking, found)
    return found


def seats_in(asking: Asking, circle: StudyGroup) -> QuerySet[Participation]:
    """The seats of a circle that the person may read, people first."""
    rows = Participation.objects.filter(group=circle).exclude(state__in=(SeatState.LEFT, SeatState.DECLINED))
    return can_read_seat.filter(rows, asking).select_related("account").order_by("state", "invited_at", "id")


def readable_seat(asking: Asking, seat_id: UUID) -> Participation:
    """A seat. Raises Unreadable."""
    found = Participation.objects.select_related("study", "group__place__institution", "account").filter(pk=seat_id)
    seat = found.first()
    if seat is None:
        raise Unreadable
    can_read_seat.require(asking, seat)
    return seat


def own_seats(asking: Asking) -> QuerySet[Participation]:
    """The seats that the person holds."""
    rows = Participation.objects.filter(account=asking.user_id, state=SeatState.ACCEPTED)
    return rows.select_related("study", "group__place__institution").order_by("-study__opened_at", "invited_at")


def seated_accounts(study: Study, circle: StudyGroup | None = None) -> set[UUID]:
    """Who takes part in a study, or sits in one of its circles, as far as the person who asks may know."""
    rows = Participation.objects.filter(study=study, state=SeatState.ACCEPTED)
    if circle is not None:
        rows = rows.filter(group=circle)
    return {account for account in rows.values_list("account_id", flat=True) if account is not None}
