"""Notions with their sheets, sessions and resources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.learning.enums import CONCEPTS, SESSIONS, Concept, ResourceStatus, TeamSession
from nuserus.learning.models import Illustration, Resource
from nuserus.learning.rules import can_read_illustration, can_read_resource
from nuserus.practices.queries.found import find_sheets
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.listed_at_once import listed_in_order
from nuserus.practices.queries.listing import SheetCard, card_of

SHOWN = 6


@dataclass(frozen=True, slots=True)
class LinkedSheet:
    """A sheet that somebody linked to a notion, with the reason they gave."""

    illustration: Illustration
    card: SheetCard


def concepts_of(slugs: Iterable[str]) -> list[Concept]:
    """The notions of these slugs that the list still has, in the same order."""
    return [CONCEPTS[slug] for slug in slugs if slug in CONCEPTS]


def sessions_about(concept: Concept) -> list[TeamSession]:
    """The team sessions that work on a notion."""
    return [session for session in SESSIONS.values() if concept.slug in session.concepts]


def linked_sheets(asking: Asking, concept: Concept) -> list[LinkedSheet]:
    """The sheets that people linked to a notion and that the person may read, the latest first."""
    links = list(illustrations_of(asking).filter(concept=concept.slug)[:SHOWN])
    lists = labels()
    cards = {one.id: card_of(one, lists) for one in listed_in_order(asking, [link.sheet_id for link in links])}
    return [LinkedSheet(link, cards[link.sheet_id]) for link in links if link.sheet_id in cards]


def found_sheets(asking: Asking, concept: Concept, besides: Iterable[LinkedSheet]) -> list[SheetCard]:
    """The sheets that the words of a notion find, without those that are linked already."""
    linked = {one.illustration.sheet_id for one in besides}
    lists = labels()
    found = find_sheets(asking, concept.search, {}, 1).sheets
    return [card_of(sheet, lists) for sheet in found if sheet.id not in linked][: max(0, SHOWN - len(linked))]


def illustrations_of(asking: Asking, sheet: UUID | None = None) -> QuerySet[Illustration]:
    """The links that the person may read, of one sheet or of all."""
    links = can_read_illustration.filter(Illustration.objects.all(), asking)
    return links if sheet is None else links.filter(sheet=sheet)


def accepted_resources(asking: Asking, concept: Concept | None = None) -> QuerySet[Resource]:
    """Resources that everybody may read, about one notion or all."""
    resources = can_read_resource.filter(Resource.objects.filter(status=ResourceStatus.ACCEPTED), asking)
    return resources if concept is None else resources.filter(concepts__contains=[concept.slug])


def waiting_resources(asking: Asking) -> QuerySet[Resource]:
    """Proposals without an answer that the person may read, the oldest first."""
    waiting = can_read_resource.filter(Resource.objects.filter(status=ResourceStatus.PROPOSED), asking)
    return waiting.order_by("proposed_at", "id")


def own_resources(asking: Asking) -> QuerySet[Resource]:
    """What the person proposed and is not public yet, with the answers."""
    mine = Resource.objects.filter(proposed_by=asking.user_id).exclude(status=ResourceStatus.ACCEPTED)
    return mine.order_by("-proposed_at")
