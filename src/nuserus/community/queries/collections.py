"""Collections, as they are listed, read and printed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from nuserus.community.models import Collection, CollectionEntry
from nuserus.community.rules import can_change_collection, can_read_collection, can_read_entry
from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Card, Sheet
from nuserus.practices.queries.credits import credit_lines
from nuserus.practices.queries.listing import SheetCard, sheet_cards
from nuserus.practices.queries.sheets import contributors_of, for_list, place_of, sheets_visible_to


def collections_visible_to(asking: Asking) -> QuerySet[Collection]:
    """Collections that this person may read, those changed last first, with `entry_count`."""
    read = can_read_collection.filter(Collection.objects.all(), asking)
    return read.annotate(entry_count=Count("entries")).order_by("-changed_at", "id")


def own_collections(asking: Asking) -> QuerySet[Collection]:
    """The collections that this person composes, the last touched first."""
    if asking.user_id is None:
        return Collection.objects.none()
    return collections_visible_to(asking).filter(author=asking.user_id)


def collection_for_reading(asking: Asking, collection_id: UUID) -> Collection:
    """One collection. Raises Unreadable."""
    collection = Collection.objects.select_related("author__trade").filter(pk=collection_id).first()
    if collection is None:
        raise Unreadable
    can_read_collection.require(asking, collection)
    return collection


def collection_to_change(asking: Asking, collection_id: UUID) -> Collection:
    """One of the person's own. Raises Unreadable, PermissionDenied."""
    collection = collection_for_reading(asking, collection_id)
    can_change_collection.require(asking, collection)
    return collection


def entry_to_change(collection: Collection, entry_id: UUID) -> CollectionEntry:
    """One line of a collection. Raises Unreadable."""
    entry = CollectionEntry.objects.filter(collection=collection, pk=entry_id).first()
    if entry is None:
        raise Unreadable
    return entry


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a collection; `card` is None where the sheet can't be read any more."""

    entry: CollectionEntry
    card: SheetCard | None


def lines_of(asking: Asking, collection: Collection) -> list[Line]:
    """The lines in order, with cards of the sheets; those without a sheet are for the author only."""
    entries = list(_entries(asking, collection))
    sheets = list(for_list(sheets_visible_to(asking).filter(pk__in=[entry.sheet_id for entry in entries])))
    cards = dict(zip([sheet.pk for sheet in sheets], sheet_cards(sheets), strict=True))
    own = collection.author_id == asking.user_id
    lines = [Line(entry, cards.get(entry.sheet_id)) for entry in entries]
    return [line for line in lines if line.card is not None or own]


@dataclass(slots=True)
class PrintedSheet:
    """A sheet as the booklet prints it."""

    sheet: Sheet
    word: str
    place: str
    cards: list[Card] = field(default_factory=list)
    credits: list[tuple[str, str]] = field(default_factory=list)


def booklet_of(asking: Asking, collection: Collection) -> list[PrintedSheet]:
    """Every readable sheet of a collection, whole, in order; four queries whatever their number."""
    entries = list(_entries(asking, collection))
    wanted = [entry.sheet_id for entry in entries]
    cards = Prefetch("cards", queryset=Card.objects.order_by("position"))
    found = sheets_visible_to(asking).filter(pk__in=wanted).prefetch_related(cards)
    sheets = {sheet.pk: sheet for sheet in found.select_related("institution__category", "institution__department")}
    people = defaultdict(list)
    for person in contributors_of(*sheets):
        people[person.sheet_id].append(person)
    return [
        PrintedSheet(
            sheet=sheet,
            word=entry.word,
            place=place_of(sheet),
            cards=list(sheet.cards.all()),
            credits=list(credit_lines(people[sheet.pk])),
        )
        for entry in entries
        if (sheet := sheets.get(entry.sheet_id)) is not None
    ]


def _entries(asking: Asking, collection: Collection) -> QuerySet[CollectionEntry]:
    entries = CollectionEntry.objects.filter(collection=collection)
    return can_read_entry.filter(entries, asking).order_by("position", "id")


def own_places(asking: Asking) -> list[Institution]:
    """The places for which the person may compose, by name."""
    return list(Institution.objects.filter(pk__in=asking.institutions).order_by("name", "id"))
