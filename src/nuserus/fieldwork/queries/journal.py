"""One's own field journal."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.fieldwork.models import JournalEntry, JournalMention
from nuserus.fieldwork.rules import can_read_entry, can_read_mention
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Participant
from nuserus.studies.rules import can_read_participant
from nuserus.ui.dates import date_format

MAX_WORDS = 8


def own_entries(asking: Asking) -> QuerySet[JournalEntry]:
    """The pages of the person's journal, the last day first."""
    people = can_read_participant.filter(Participant.objects.select_related("place__institution"), asking)
    mentions = can_read_mention.filter(JournalMention.objects.order_by("pk"), asking)
    rows = JournalEntry.objects.select_related("visit__place__institution").prefetch_related(
        Prefetch("mentions", queryset=mentions.prefetch_related(Prefetch("participant", queryset=people)))
    )
    return can_read_entry.filter(rows, asking).order_by("-day", "-written_at", "-pk")


def found_entries(asking: Asking, text: str, tag: str) -> QuerySet[JournalEntry]:
    """Those that have every word, in their text or tags, and the tag if one is given."""
    rows = own_entries(asking)
    for word in text.split()[:MAX_WORDS]:
        rows = rows.filter(Q(text__icontains=word) | Q(tags__icontains=word))
    return rows.filter(tags__contains=[tag]) if tag else rows


def own_entry(asking: Asking, entry_id: UUID) -> JournalEntry:
    """One page. Raises Unreadable."""
    found = own_entries(asking).filter(pk=entry_id).first()
    if found is None:
        raise Unreadable
    return found


def own_tags(asking: Asking) -> list[str]:
    """The tags of the person's journal, by name."""
    rows = can_read_entry.filter(JournalEntry.objects.order_by(), asking)
    return sorted({tag for tags in rows.values_list("tags", flat=True) for tag in tags})


def as_text(asking: Asking) -> str:
    """The whole journal as plain text, the first day first; what was put aside is not taken out."""
    lines = [_("Mon journal de terrain"), ""]
    for entry in reversed(own_entries(asking).filter(withheld_at=None)):
        lines.append(f"## {date_format(entry.day, 'l j F Y')}")
        if entry.visit is not None:
            day = date_format(timezone.localtime(entry.visit.starts_at), "j F Y")
            lines.append(_("Visite : %(place)s, %(day)s") % {"place": entry.visit.place, "day": day})
        people = [str(one.participant) for one in entry.mentions.all() if one.participant]
        if people:
            lines.append(_("Il y est question de : %(people)s") % {"people": ", ".join(people)})
        if entry.tags:
            lines.append(_("Étiquettes : %(tags)s") % {"tags": ", ".join(entry.tags)})
        lines += ["", entry.text, ""]
    return "\n".join(lines)
