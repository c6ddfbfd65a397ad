"""Taking back what the corpus keeps of somebody who withdraws: called as the system, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Trace, Withdrawn, flag, placeholder
from nuserus.corpus.models import Excerpt, Source, SourceVersion, Turn
from nuserus.corpus.standard.remap import Remapping
from nuserus.corpus.standard.text import count_words, digest

Span = tuple[int, int]
MODELS = ("corpus.Source", "corpus.SourceVersion", "corpus.Turn", "corpus.Excerpt")


def redact(withdrawn: Withdrawn) -> list[Trace]:
    """Erase or put aside the words of a participant in every version of every source; see `consent.provenance`."""
    if withdrawn.mode == Mode.STOP_COLLECTING:
        return []
    heard = Turn.objects.filter(participant_id=withdrawn.subject).values("version__source")
    sources = list(Source.objects.select_for_update().filter(pk__in=heard).order_by("pk"))
    found = [_erased(source, withdrawn) for source in sources] if withdrawn.mode == Mode.ERASE else []
    found += [_withheld(source, withdrawn.subject) for source in sources] if withdrawn.mode == Mode.STOP_USING else []
    totals: dict[tuple[str, Fate], Trace] = {}
    for trace in (one for traces in found for one in traces):
        key = (str(trace.what), trace.fate)
        before = totals.get(key)
        totals[key] = Trace(trace.what, trace.count + (before.count if before else 0), trace.fate)
    return [trace for trace in totals.values() if trace.count]


def _withheld(source: Source, subject: UUID) -> list[Trace]:
    now = timezone.now()
    aside = Turn.objects.filter(version__source=source, participant=subject, withheld_at=None)
    count = aside.update(withheld_at=now)
    others = Turn.objects.filter(version__source=source, withheld_at=None).exclude(participant=None).exists()
    if not others and source.withheld_at is None:
        source.withheld_at = now
        source.save(update_fields=["withheld_at"])
    for version in SourceVersion.objects.filter(source=source):
        kept = Turn.objects.filter(version=version, withheld_at=None).values_list("start", "end")
        words = sum(count_words(version.text[start:end]) for start, end in kept)
        SourceVersion.objects.filter(pk=version.pk).update(words=words)
    return [Trace(_("tours de parole"), count, Fate.WITHHELD)]


def _erased(source: Source, withdrawn: Withdrawn) -> list[Trace]:
    subject = withdrawn.subject
    versions = list(SourceVersion.objects.filter(source=source).order_by("number"))
    turns = {one.pk: list(Turn.objects.filter(version=one).order_by("position")) for one in versions}
    alone = not _others(turns.values(), subject)
    spans = _spans(versions, turns, subject, alone=alone)
    count = 0
    labels: set[str] = set()
    for version in versions:
        own = [turn for turn in turns[version.pk] if _inside(turn, spans[version.pk]) and turn.end > turn.start]
        count += len(own)
        labels |= {turn.speaker for turn in own if turn.speaker}
        _mask(version, spans[version.pk], turns[version.pk], whole=alone)
        for turn in own:
            turn.speaker, turn.withheld_at = placeholder(turn.speaker), None
        Turn.objects.bulk_update(own, ["speaker", "withheld_at"], batch_size=500)
    traces = [Trace(_("tours de parole"), count, Fate.REMOVED), *_passages(source, spans)]
    if alone:
        source.title, source.reference = placeholder(source.title), placeholder(source.reference)
        source.save(update_fields=["title", "reference"])
        return [*traces, Trace(_("titres de matériaux"), 1, Fate.REMOVED)]
    last = turns[versions[-1].pk]
    left = sum(not _inside(turn, spans[versions[-1].pk]) and not turn.interviewer for turn in last)
    flag(
        withdrawn,
        _("le titre et la référence d’un matériau où d’autres personnes parlent"),
        kind="corpus.Source",
        object_id=source.pk,
        address=reverse("corpus:describe", args=[source.pk]),
    )
    if left:
        flag(
            withdrawn,
            _("les tours de parole d’autres personnes, dans un matériau où la personne parlait"),
            kind="corpus.Source",
            object_id=source.pk,
            address=reverse("corpus:source", args=[source.pk]) + "#texte",
        )
    return [
        *traces,
        Trace(_("titres de matériaux partagés avec d’autres personnes"), 1, Fate.FLAGGED),
        Trace(_("tours de parole d’autres personnes, dans les mêmes entretiens"), left, Fate.FLAGGED),
    ]


def _others(found: Iterable[Sequence[Turn]], subject: UUID) -> bool:
    return any(turn.participant_id not in {None, subject} for turns in found for turn in turns)


def _spans(
    versions: Sequence[SourceVersion], turns: dict[UUID, list[Turn]], subject: UUID, *, alone: bool
) -> dict[UUID, list[Span]]:
    """Where the words of somebody are in each version: their turns, and what those are in the other versions.

    A turn may have been given to somebody else, or to nobody, in another version: its words are followed from each
    version to its neighbours, forth and back. In a source of theirs alone, what nobody is bound to is theirs too.
    """
    found = {
        version.pk: [
            (turn.start, turn.end)
            for turn in turns[version.pk]
            if turn.participant_id == subject or (alone and turn.participant_id is None and not turn.interviewer)
        ]
        for version in versions
    }
    for ordered in (versions, versions[::-1]):
        for before, after in pairwise(ordered):
            found[after.pk] = _joined([*found[after.pk], *_followed(before, after, turns[after.pk], found[before.pk])])
    return found


def _followed(before: SourceVersion, after: SourceVersion, turns: Sequence[Turn], spans: Sequence[Span]) -> list[Span]:
    """What became of the spans of one version in another: stretches that stayed, and turns that come from them."""
    if not spans:
        return []
    forth, back = Remapping(before.text, after.text), Remapping(after.text, before.text)
    kept = [stretch for start, end in spans for stretch in forth.stayed(start, end)]
    for turn in turns:
        origin = back.origin(turn.start, turn.end)
        if origin is not None and _meets(spans, origin, origin + 1):
            kept.append((turn.start, turn.end))
    return kept


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in sorted(span for span in spans if span[1] > span[0]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _inside(turn: Turn, spans: Sequence[Span]) -> bool:
    return any(start <= turn.start and turn.end <= end for start, end in spans)


def _mask(version: SourceVersion, spans: Sequence[Span], turns: Sequence[Turn], *, whole: bool) -> None:
    text = version.text
    for start, end in spans:
        text = text[:start] + placeholder(text[start:end]) + text[end:]
    version.text, version.sha256 = text, digest(text)
    version.words = sum(count_words(text[turn.start : turn.end]) for turn in turns if turn.withheld_at is None)
    version.redacted_at = timezone.now()
    if whole:
        version.reason = placeholder(version.reason)
    version.save(update_fields=["text", "sha256", "words", "redacted_at", "reason"])


def _passages(source: Source, spans: dict[UUID, list[Span]]) -> list[Trace]:
    """A passage that holds words of theirs, or is proposed to, goes."""
    gone: list[UUID] = []
    for passage in Excerpt.objects.filter(source=source):
        there = _meets(spans.get(passage.version_id, []), passage.start, passage.end)
        proposed = passage.proposed_version_id is not None and _meets(
            spans.get(passage.proposed_version_id, []), passage.proposed_start or 0, passage.proposed_end or 0
        )
        if there or proposed:
            gone.append(passage.pk)
    Excerpt.objects.filter(pk__in=gone).delete()
    return [Trace(_("passages repérés"), len(gone), Fate.REMOVED)]


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(low < end and start < high for low, high in spans)
