"""Rules of use, as they are read and worked on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from nuserus.charters.enums import ProposalState
from nuserus.charters.models import Charter, CharterVersion, HouseRule, PlainReading, Proposal
from nuserus.charters.rules import can_read_charter, can_read_proposal, can_read_version
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.queries.places import said_place

_PLACE = ("institution__category", "institution__department")


@dataclass(frozen=True, slots=True)
class Shown:
    """The versions of one charter that somebody may read: the one in force, the one that comes, all."""

    current: CharterVersion
    coming: CharterVersion | None
    versions: list[CharterVersion]


def versions_visible_to(asking: Asking) -> QuerySet[CharterVersion]:
    """Adopted versions that this person may read, with their place."""
    return can_read_version.filter(CharterVersion.objects.select_related(*_PLACE), asking)


def charters_visible_to(asking: Asking) -> QuerySet[Charter]:
    """What is worked on in the person's own places."""
    return can_read_charter.filter(Charter.objects.select_related(*_PLACE), asking)


def charter_at_work(asking: Asking, charter_id: UUID) -> Charter:
    """A charter of one of the person's places. Raises Unreadable."""
    charter = charters_visible_to(asking).filter(pk=charter_id).first()
    if charter is None:
        raise Unreadable
    return charter


def shown_charter(asking: Asking, charter_id: UUID) -> Shown:
    """What is in force, among the versions that the person may read. Raises Unreadable where there is none.

    Before its first day, a version that comes stands alone.
    """
    versions = list(versions_visible_to(asking).filter(charter=charter_id).order_by("-number"))
    if not versions:
        raise Unreadable
    current = in_force(versions, timezone.localdate()) or versions[-1]
    coming = next((one for one in versions if one.number > current.number), None)
    return Shown(current, coming, versions)


def in_force(versions: Iterable[CharterVersion], day: date) -> CharterVersion | None:
    """The last adopted of those whose day has come."""
    begun = [one for one in versions if one.in_force_from <= day]
    return max(begun, key=lambda one: one.number, default=None)


def current_versions(asking: Asking) -> list[CharterVersion]:
    """The one in force of each charter that the person may read, by place and title."""
    found: dict[UUID, list[CharterVersion]] = {}
    for version in versions_visible_to(asking).defer("heard", "simple", "about"):
        found.setdefault(version.charter_id, []).append(version)
    today = timezone.localdate()
    current = [in_force(versions, today) or min(versions, key=lambda one: one.number) for versions in found.values()]
    return sorted(current, key=lambda one: (one.title.lower(), one.pk))


def waiting_proposals(asking: Asking, charter: Charter) -> list[Proposal]:
    """What waits for an answer, first come first."""
    rows = can_read_proposal.filter(Proposal.objects.filter(charter=charter), asking)
    return list(rows.filter(state=ProposalState.WAITING).select_related("author", "rule").order_by("made_at", "id"))


def answered_proposals(asking: Asking, charter: Charter, limit: int = 10) -> list[Proposal]:
    """The last proposals that were answered."""
    rows = can_read_proposal.filter(Proposal.objects.filter(charter=charter), asking)
    return list(rows.exclude(state=ProposalState.WAITING).select_related("author").order_by("-decided_at")[:limit])


def rules_of(charter: Charter) -> list[HouseRule]:
    """The rules being worked on, in order."""
    return list(HouseRule.objects.filter(charter=charter).order_by("position", "id"))


def last_reading(charter: Charter) -> PlainReading | None:
    """The last reading of the very text that stands there now; None when it is not FALC."""
    if not charter.simple:
        return None
    return PlainReading.objects.filter(charter=charter, text=charter.simple).first()


def place_of(version: CharterVersion, asking: Asking) -> str:
    """How the place is said: by its name where it chose to, and to its own members."""
    return said_place(version.institution, named=version.named or version.institution_id in asking.institutions)


def compared_rules(before: CharterVersion | None, after: CharterVersion) -> list[dict[str, Any]]:
    """Pairs for the component « compare », in the order of the later version; what went comes last."""
    old = {rule["id"]: rule for rule in (before.rules if before else [])}
    pairs = []
    for rank, rule in enumerate(after.rules, 1):
        was = old.pop(rule["id"], None)
        change = "added" if was is None else "same" if _words(was) == _words(rule) else "changed"
        pairs.append(_pair(str(rank), was, rule, change))
    return pairs + [_pair("—", was, None, "removed") for was in old.values()]


def _pair(rank: str, was: dict[str, str] | None, now: dict[str, str] | None, change: str) -> dict[str, Any]:
    return {"title": rank, "theirs": _words(was), "ours": _words(now), "change": change}


def _words(rule: dict[str, str] | None) -> str:
    return "\n\n".join(rule[name] for name in ("sentence", "why", "otherwise") if rule[name]) if rule else ""
