"""Passages as the person who asks may know them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from nuserus.corpus.enums import ExcerptState
from nuserus.corpus.models import Excerpt, Source, Turn
from nuserus.corpus.rules import can_read_excerpt
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable

# how much is shown on each side of a passage, in signs
_AROUND = 120
_SENTENCE = re.compile(r"[^.!?…\n]*(?:[.!?…]+[\s\u00a0]*[»”\"]?|\n|$)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage with what stands before and after it."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A passage in doubt: where it was, and where it may be."""

    excerpt: Excerpt
    was: Shown
    now: Shown | None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn: code points of the version."""

    start: int
    end: int
    words: str


def codable(source: Source) -> bool:
    """Whether the source may be coded today; the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT corpus_codable(%s)", [source.pk])
        (answer,) = cursor.fetchone()
    return bool(answer)


def holds_words_put_aside(source: Source) -> bool:
    """Whether somebody in it no longer wants their words used: a passage, or what stands around it, may be theirs."""
    aside = Turn.objects.filter(version__source=source, withheld_at__isnull=False)
    return source.withheld_at is not None or aside.exists()


def excerpts_of(asking: Asking, source: Source) -> QuerySet[Excerpt]:
    """The passages of a source."""
    return can_read_excerpt.filter(Excerpt.objects.filter(source=source), asking)


def readable_excerpt(asking: Asking, excerpt_id: UUID) -> Excerpt:
    """A passage. Raises Unreadable."""
    found = Excerpt.objects.select_related("source__study", "source__place__institution").filter(pk=excerpt_id).first()
    if found is None:
        raise Unreadable
    can_read_excerpt.require(asking, found)
    return found


def placed_excerpts(asking: Asking, source: Source) -> list[tuple[Excerpt, Shown]]:
    """Those that are in their place, with their words."""
    rows = excerpts_of(asking, source).filter(state=ExcerptState.PLACED).select_related("version")
    return [(one, shown_in(one.version.text, one.start, one.end)) for one in rows]


def doubts_of(asking: Asking, source: Source) -> list[Doubt]:
    """Those that a person must look at, the doubtful first."""
    rows = excerpts_of(asking, source).exclude(state=ExcerptState.PLACED)
    found = []
    for one in rows.select_related("version", "proposed_version").order_by("state", "start", "id"):
        now = None
        if one.proposed_version is not None and one.proposed_start is not None and one.proposed_end is not None:
            now = shown_in(one.proposed_version.text, one.proposed_start, one.proposed_end)
        found.append(Doubt(one, shown_in(one.version.text, one.start, one.end), now))
    return found


def count_doubts(asking: Asking, source: Source) -> int:
    """How many passages a person must look at."""
    return excerpts_of(asking, source).exclude(state=ExcerptState.PLACED).count()


def shown_in(text: str, start: int, end: int) -> Shown:
    """A passage of a text and what stands around it."""
    low, high = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before = text[low:start] if low == 0 else f"…{text[low:start]}"
    after = text[end:high] if high == len(text) else f"{text[end:high]}…"
    return Shown(before, text[start:end], after)


def sentences_of(text: str, turn: Turn) -> list[Sentence]:
    """The sentences of a turn, each with its place in the version.

    Together they hold every word of the turn.
    """
    found = []
    for match in _SENTENCE.finditer(text, turn.start, turn.end):
        words = match.group()
        if not words.strip():
            continue
        lead = len(words) - len(words.lstrip())
        start = match.start() + lead
        found.append(Sentence(start, start + len(words.strip()), words.strip()))
    return found
