"""What a study keeps no longer: who is who, the sealed texts, the words of the versions before the pseudonymised one.

The two rules that speak of them are those of the table of pseudonyms and of transcripts. Whether they say to erase or
to make anonymous, what could tell who spoke goes; to hand to archives is the work of a person. The last pseudonymised
version is another matter.
"""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from nuserus.consent.provenance import placeholder
from nuserus.corpus.models import Detail, KeyEntry, SealedOriginal, Source, SourceVersion, Turn
from nuserus.corpus.standard.text import digest
from nuserus.foundation.asking import as_system
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.studies.enums import KeptThen, Material
from nuserus.studies.models import RetentionRule
from nuserus.studies.queries.materials import day_counted_from, kept_until

NAMES_ENDED: Final = "corpus.names_ended"
ORIGINAL_ENDED: Final = "corpus.original_ended"
_ENDING = (KeptThen.ERASE, KeptThen.ANONYMISE)


def end_kept_enough() -> int:
    """As the system: end what studies keep no longer. Returns of how many studies and sources; the journal says which.

    Done again after a restoration by its lines of the ledger, and by the next night: nothing is noted twice.
    """
    ended = 0
    for rule in RetentionRule.objects.filter(then__in=_ENDING, material=Material.KEYS).select_related("study"):
        if _is_over(rule, _last_collected(rule.study_id)) and _end_names(rule.study_id):
            ended += 1
    for rule in RetentionRule.objects.filter(then__in=_ENDING, material=Material.TRANSCRIPTS).select_related("study"):
        for source in _with_past(Source.objects.filter(study=rule.study_id)):
            if _is_over(rule, _collected(source)) and _end_original(source.pk):
                ended += 1
    return ended


def end_names_again(entry: Entry) -> None:
    """After a restoration: the table of names of a study that had ended goes once more."""
    with as_system("a table of names ended since the backup"):
        _end_names(entry.object_id, noted=False)


def end_original_again(entry: Entry) -> None:
    """After a restoration: the past of a source that had ended goes once more."""
    with as_system("the past of a source ended since the backup"):
        _end_original(entry.object_id, noted=False)


def _is_over(rule: RetentionRule, collected: date | None) -> bool:
    until = kept_until(rule, day_counted_from(rule, collected_on=collected, published_on=None))
    return until is not None and until < timezone.localdate()


def _collected(source: Source) -> date:
    return source.collected_on or timezone.localtime(source.added_at).date()


def _last_collected(study_id: UUID) -> date | None:
    """A table serves every source of its study: it is kept as long as for the last one."""
    return max((_collected(source) for source in Source.objects.filter(study=study_id)), default=None)


def _with_past(sources: QuerySet[Source]) -> list[Source]:
    sealed = SealedOriginal.objects.values("source")
    older = SourceVersion.objects.filter(number=1, source__versions__number__gt=1, redacted_at=None).values("source")
    return list(sources.filter(pk__in=sealed.union(older)))


@transaction.atomic
def _end_names(study_id: UUID, *, noted: bool = True) -> bool:
    """Everything that tells who is who in a study: the table, the sealed words and texts, the versions before."""
    entries, _rows = KeyEntry.objects.filter(study=study_id).delete()
    details = Detail.objects.filter(source__study=study_id, sealed__isnull=False).update(sealed=None)
    ended = [_forget_past(source) for source in _with_past(Source.objects.filter(study=study_id))]
    if not (entries or details or any(ended)):
        return False
    record("end names of a study: kept enough", actor=None, object_id=study_id)
    if noted:
        note_withdrawal(NAMES_ENDED, object_id=study_id)
    return True


@transaction.atomic
def _end_original(source_id: UUID, *, noted: bool = True) -> bool:
    source = Source.objects.select_for_update().filter(pk=source_id).first()
    if source is None or not _forget_past(source):
        return False
    record("end past of a source: kept enough", actor=None, object_id=source_id)
    if noted:
        note_withdrawal(ORIGINAL_ENDED, object_id=source_id)
    return True


def _forget_past(source: Source) -> bool:
    """The sealed text of a source goes; every version before a pseudonymised one keeps its length alone."""
    sealed, _rows = SealedOriginal.objects.filter(source=source).delete()
    versions = list(SourceVersion.objects.filter(source=source).order_by("number"))
    last = max((version.number for version in versions if version.pseudonymised), default=0)
    covered = [_cover(version) for version in versions if version.number < last]
    return bool(sealed) or any(covered)


def _cover(version: SourceVersion) -> bool:
    text = placeholder(version.text)
    if text == version.text:
        return False
    turns = list(Turn.objects.filter(version=version).exclude(speaker=""))
    for turn in turns:
        turn.speaker = placeholder(turn.speaker)
    Turn.objects.bulk_update(turns, ["speaker"], batch_size=500)
    version.text, version.sha256, version.redacted_at = text, digest(text), timezone.now()
    version.save(update_fields=["text", "sha256", "redacted_at"])
    return True
