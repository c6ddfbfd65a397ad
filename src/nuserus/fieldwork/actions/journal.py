"""Writing in one's own field journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.consent.provenance import note_export
from nuserus.fieldwork.actions.revisions import next_revision
from nuserus.fieldwork.actions.visits import author_of
from nuserus.fieldwork.models import JournalEntry, JournalMention
from nuserus.fieldwork.queries.journal import as_text, own_entries
from nuserus.fieldwork.rules import can_change_entry, can_write_entry
from nuserus.foundation.asking import Asking
from nuserus.foundation.plain import plain_line, plain_text

LONGEST = 40_000
MOST_TAGS = 12
MAX_ENTRIES = 5000


@transaction.atomic
def write_entry(*, actor: Asking, words: Mapping[str, Any]) -> JournalEntry:
    """Another page. Raises ValidationError when the journal is full."""
    entry = JournalEntry(scope_author=author_of(actor))
    can_write_entry.require(actor, entry)
    if JournalEntry.objects.filter(scope_author=actor.user_id).count() >= MAX_ENTRIES:
        raise ValidationError(_("Un journal a cinq mille pages au plus. Emportez-le, puis retirez des pages."))
    _put(entry, words)
    entry.save(force_insert=True)
    _mention(entry, words["people"])
    return entry


@transaction.atomic
def change_entry(*, actor: Asking, entry: JournalEntry, words: Mapping[str, Any], revision: int | None = None) -> None:
    """Other words on a page; reading it over is done. Raises ChangedMeanwhile when it is not at `revision` any more."""
    can_change_entry.require(actor, entry)
    entry.revision = next_revision(entry, revision)
    _put(entry, words)
    entry.changed_at, entry.flagged_at = timezone.now(), None
    entry.save()
    _mention(entry, words["people"])


def remove_entry(*, actor: Asking, entry: JournalEntry) -> None:
    """Take a page out, for good."""
    can_change_entry.require(actor, entry)
    entry.delete()


@transaction.atomic
def carry_away(*, actor: Asking) -> str:
    """The whole journal as text; that it left is written for each participant of whom it speaks."""
    told = {
        mention.participant
        for entry in own_entries(actor).filter(withheld_at=None)
        for mention in entry.mentions.all()
        if mention.participant is not None
    }
    for person in sorted(told, key=lambda one: str(one.pk)):
        note_export(what=_("journal de terrain"), mission=person.place_id, author=actor.user_id, subject=person.pk)
    return as_text(actor)


def tags_in(typed: str) -> list[str]:
    """The tags of a line, separated by commas, each once, in lower case.

    >>> tags_in("Repas, tablette ,repas")
    ['repas', 'tablette']
    """
    named = (plain_line(part).lower()[:40] for part in typed.split(","))
    return list(dict.fromkeys(tag for tag in named if tag))[:MOST_TAGS]


def _put(entry: JournalEntry, words: Mapping[str, Any]) -> None:
    entry.day = words["day"]
    entry.text = plain_text(words["text"])[:LONGEST]
    entry.tags = tags_in(words.get("tags", ""))
    entry.visit = words.get("visit")


def _mention(entry: JournalEntry, people: list[str]) -> None:
    known: set[UUID] = set(JournalMention.objects.filter(entry=entry).values_list("participant_id", flat=True))
    wanted = {UUID(one) for one in people}
    JournalMention.objects.filter(entry=entry, participant__in=known - wanted).delete()
    for participant in sorted(wanted - known):
        JournalMention(entry=entry, participant_id=participant).save(force_insert=True)
