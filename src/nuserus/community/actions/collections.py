"""Composing a collection."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.community.actions.words import (
    COLLECTIONS_A_DAY,
    SHEETS_IN_A_COLLECTION,
    refuse_too_many,
    said_line,
    said_text,
    who,
)
from nuserus.community.enums import COLLECTION_LEVELS
from nuserus.community.models import Collection, CollectionEntry
from nuserus.community.rules import can_change_collection, can_compose_collection, can_delete_collection
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line
from nuserus.practices.models import Sheet


@dataclass(frozen=True, slots=True)
class Composed:
    """What a collection says of itself; `institution` counts at the level of an institution only."""

    title: str
    intro: str = ""
    composed_by: str = ""
    level: str = Level.RESTRICTED
    institution: UUID | None = None


@transaction.atomic
def compose_collection(*, actor: Asking, composed: Composed) -> Collection:
    """A new collection, empty. Raises PermissionDenied, ValidationError."""
    author = who(actor)
    collection = Collection(author_id=author, scope_author=author)
    if not can_compose_collection.allows(actor, collection):
        raise PermissionDenied(_("Ce sont les professionnels vérifiés qui composent des sélections."))
    refuse_too_many(Collection.objects.filter(author=author), since="made_at", most=COLLECTIONS_A_DAY)
    _put(actor, collection, composed)
    collection.save(force_insert=True)
    record("compose collection", actor=author, object_id=collection.pk, content=collection.title)
    return collection


@transaction.atomic
def change_collection(*, actor: Asking, collection: Collection, composed: Composed) -> None:
    """Change what a collection says of itself, or who reads it. Raises PermissionDenied, ValidationError."""
    can_change_collection.require(actor, collection)
    _put(actor, collection, composed)
    collection.save()
    record("change collection", actor=actor.user_id, object_id=collection.pk, content=collection.title)


@transaction.atomic
def delete_collection(*, actor: Asking, collection: Collection) -> None:
    """Throw a collection away; its sheets stay where they are."""
    can_delete_collection.require(actor, collection)
    removed = collection.pk
    collection.delete()
    record("delete collection", actor=actor.user_id, object_id=removed)


@transaction.atomic
def add_sheet(*, actor: Asking, collection: Collection, sheet: Sheet) -> bool:
    """Put a sheet at the end; False when it is there already. Raises PermissionDenied, ValidationError."""
    can_change_collection.require(actor, collection)
    places = list(_locked(collection).values_list("sheet_id", "position"))
    if sheet.pk in {held for held, _position in places}:
        return False
    if len(places) >= SHEETS_IN_A_COLLECTION:
        raise ValidationError(_("Cette sélection a déjà 60 fiches. Composez-en une autre : elle se lira mieux."))
    last = max((position for _held, position in places), default=-1)
    CollectionEntry(
        collection=collection,
        sheet=sheet,
        position=last + 1,
        scope_level=collection.scope_level,
        scope_institution=collection.scope_institution,
        scope_author=collection.scope_author,
    ).save(force_insert=True)
    collection.save(update_fields=["changed_at"])
    return True


@transaction.atomic
def move_entry(*, actor: Asking, entry: CollectionEntry, up: bool) -> None:
    """One place up or down; at the end of the list nothing changes."""
    can_change_collection.require(actor, entry.collection)
    entries = list(_locked(entry.collection))
    here = entries.index(entry)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(entries):
        return
    entries[here], entries[there] = entries[there], entries[here]
    for position, one in enumerate(entries):
        one.position = position
    CollectionEntry.objects.bulk_update(entries, ["position"])


@transaction.atomic
def say_word(*, actor: Asking, entry: CollectionEntry, word: str) -> None:
    """Say why this sheet is here. Raises PermissionDenied, ValidationError."""
    can_change_collection.require(actor, entry.collection)
    entry.word = said_text(plain_line(word), 500, empty=True)
    entry.save(update_fields=["word"])


@transaction.atomic
def remove_entry(*, actor: Asking, entry: CollectionEntry) -> None:
    """Take a sheet off the list."""
    can_change_collection.require(actor, entry.collection)
    entry.delete()


def _put(actor: Asking, collection: Collection, composed: Composed) -> None:
    if composed.level not in COLLECTION_LEVELS:
        raise ValidationError(_("Choisissez qui lira cette sélection."))
    place = composed.institution if composed.level == Level.INSTITUTION else None
    if composed.level == Level.INSTITUTION and place not in actor.institutions:
        raise ValidationError(_("Choisissez un établissement dont vous êtes membre."))
    collection.title = said_line(composed.title, 160)
    collection.intro = said_text(composed.intro, 2000, empty=True)
    collection.composed_by = plain_line(composed.composed_by)[:120]
    collection.scope_level = composed.level
    collection.scope_institution = place


def _locked(collection: Collection):  # type: ignore[no-untyped-def]
    rows = CollectionEntry.objects.select_for_update().filter(collection=collection)
    return rows.order_by("position", "id")
