"""Pseudonymising a source: looking for what may point at somebody, replacing it, leaving it, saying that it is done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from nuserus.corpus.actions.sources import start_masking
from nuserus.corpus.actions.versions import Draft, NewerVersion, write_version
from nuserus.corpus.enums import DetailFoundBy, DetailKind, DetailState, SourceState
from nuserus.corpus.models import Detail, Masking, SealedOriginal, Source, SourceVersion, Turn
from nuserus.corpus.queries.details import Passage, look_for, passages_in, wording_for
from nuserus.corpus.queries.sealing import has_key, seal, unseal, words_digest
from nuserus.corpus.queries.sources import spoken_in, turns_of, version_of
from nuserus.corpus.readers.labels import is_generic
from nuserus.corpus.rules import can_decide_detail, can_mask, can_seal_original
from nuserus.corpus.standard.remap import Certainty, Remapping
from nuserus.corpus.standard.replacing import Replaced, Replacement, apart
from nuserus.corpus.standard.spoken import Spoken
from nuserus.corpus.standard.wanted import Wanted
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line
from nuserus.screening.queries.names_program import names_finder
from nuserus_analysis.screening import Span

TASK = "nuserus.corpus.tasks.look_for_details"
LONGEST_SHOWN = 80
# a longer text is read by a job, the page does not wait
AT_ONCE = 60_000
MOST_DETAILS = 20_000
MOST_SOURCES = 200


@transaction.atomic
def begin_masking(*, actor: Asking, source: Source) -> None:
    """Seal the text as it is, look at it with the rules, and let a job look for names.

    Raises ValidationError while it is not known who speaks, or where no key of names is set.
    """
    refuse_without_key()
    start_masking(actor=actor, source=source)
    version = version_of(actor, source)
    masking = Masking(source=source, version=version, **_scope(source))
    can_mask.require(actor, masking)
    if Masking.objects.filter(source=source).exists():
        look_again(actor=actor, source=source)
        return
    masking.save(force_insert=True)
    sealed = SealedOriginal(source=source, study_id=source.study_id, number=version.number, **_scope(source))
    can_seal_original.require(actor, sealed)
    sealed.sealed = seal(version.text, sealed.pk)
    sealed.save(force_insert=True)
    _look(actor, masking, version)


@transaction.atomic
def look_again(*, actor: Asking, source: Source) -> None:
    """Bring what was found to the text as it is now, and look for more. What was decided stays decided."""
    refuse_without_key()
    _look(actor, _held(actor, source), version_of(actor, source))


def refuse_without_key() -> None:
    """Raises ValidationError where no key of names is set."""
    if not has_key():
        raise ValidationError(
            _("La clé des noms manque sur ce serveur : rien n’a changé. Demandez à qui l’administre de la remettre.")
        )


def _look(actor: Asking, masking: Masking, version: SourceVersion) -> None:
    _follow(masking, version)
    if len(version.text) <= AT_ONCE:
        note_passages(actor=actor, masking=masking, version=version)
    if names_finder() is not None or len(version.text) > AT_ONCE:
        with suppress(AlreadyEnqueued), transaction.atomic():
            app.configure_task(TASK, queueing_lock=f"{TASK} {masking.source_id}").defer(
                source_id=str(masking.source_id), user_id=str(actor.user_id)
            )


def note_passages(
    *, actor: Asking, masking: Masking, version: SourceVersion, names: Sequence[Sequence[Span]] | None = None
) -> None:
    """Write what is found in a version, beside what was decided. The same words need no second decision."""
    source = masking.source
    found = passages_in(version, list(turns_of(actor, version)), look_for(source), names)
    before = list(Detail.objects.filter(source=source))
    taken = [one for one in before if one.state != DetailState.OPEN or one.found_by == DetailFoundBy.PERSON]
    left = {one.words_digest for one in before if one.state == DetailState.LEFT}
    Detail.objects.filter(source=source, state=DetailState.OPEN).exclude(found_by=DetailFoundBy.PERSON).delete()
    occupied = sorted((one.start, one.end) for one in taken)
    made: list[Detail] = []
    at = 0
    for one in found[:MOST_DETAILS]:
        while at < len(occupied) and occupied[at][1] <= one.start:
            at += 1
        if at < len(occupied) and occupied[at][0] < one.end:
            continue
        made.append(_detail(source, version, one))
        if made[-1].words_digest in left:
            made[-1].state = DetailState.LEFT
    Detail.objects.bulk_create(made, batch_size=500)
    masking.by_rules, masking.by_model = True, names is not None
    masking.save(update_fields=["by_rules", "by_model"])


def _detail(source: Source, version: SourceVersion, found: Passage) -> Detail:
    return Detail(
        source=source,
        version=version,
        kind=found.kind,
        start=found.start,
        end=found.end,
        words_digest=words_digest(source.study_id, version.text[found.start : found.end]),
        found_by=found.found_by,
        **_scope(source),
    )


def _follow(masking: Masking, version: SourceVersion) -> None:
    """Take what was found to the last version, when somebody corrected the text meanwhile."""
    if masking.version_id == version.pk:
        return
    mapping = Remapping(masking.version.text, version.text)
    kept: list[Detail] = []
    for detail in Detail.objects.filter(source=masking.source):
        placed = mapping.place(detail.start, detail.end)
        same = version.text[placed.start : placed.end] == masking.version.text[detail.start : detail.end]
        if placed.certainty == Certainty.LOST or not same:
            detail.delete()
            continue
        detail.version, detail.start, detail.end = version, placed.start, placed.end
        kept.append(detail)
    Detail.objects.bulk_update(kept, ["version", "start", "end"], batch_size=500)
    masking.version, masking.by_rules, masking.by_model = version, False, False
    masking.save(update_fields=["version", "by_rules", "by_model"])


@dataclass(frozen=True, slots=True)
class Where:
    """One place of a source (the id of its detail), all of them, or every source in hand (`everywhere`)."""

    only: UUID | None = None
    everywhere: bool = False


IN_SOURCE = Where()


@transaction.atomic
def replace_words(*, actor: Asking, source: Source, digest: str, shown: str, where: Where = IN_SOURCE) -> int:
    """Put `shown` in the place of the same words. Returns in how many places. One new version a source.

    Raises ValidationError when there is nothing to put, or when the text changed meanwhile.
    """
    refuse_without_key()
    wording = plain_line(shown)[:LONGEST_SHOWN]
    if not wording:
        raise ValidationError(_("Écrivez ou choisissez ce qui remplace ces mots."))
    count = _replaced(actor, source, digest, wording, where.only)
    if where.everywhere:
        others = Source.objects.filter(study=source.study_id, state=SourceState.MASKING, withheld_at=None)
        waiting = others.filter(details__words_digest=digest, details__state=DetailState.OPEN).exclude(pk=source.pk)
        for other in waiting.distinct().order_by("pk")[:MOST_SOURCES]:
            if can_decide_detail.allows(actor, Detail(source=other, **_scope(other))):
                count += _replaced(actor, other, digest, wording, None)
    return count


def _replaced(actor: Asking, source: Source, digest: str, shown: str, only: UUID | None) -> int:
    masking = _current(actor, source)
    text = masking.version.text
    rows = Detail.objects.filter(source=source, words_digest=digest).exclude(state=DetailState.MASKED)
    wanted = [one for one in rows.order_by("start") if only is None or one.pk == only]
    if not wanted:
        raise ValidationError(_("Ces mots ne sont plus à remplacer ici : la page a été relue."))
    usual = {wording_for(text, one)[2] for one in wanted}
    spans: dict[int, Detail] = {}
    replacements: list[Replacement] = []
    for one in wanted:
        start, end, wording = wording_for(text, one)
        if shown not in usual or not wording:
            start, end, wording = one.start, one.end, shown
        spans[start] = one
        replacements.append(Replacement(start, end, wording))
    kept = apart(replacements)
    reason = ngettext("%(count)d détail remplacé", "%(count)d détails remplacés", len(kept)) % {"count": len(kept)}
    ranks = {spans[one.start].pk: rank for rank, one in enumerate(kept)}
    _write(actor, masking, _Batch(kept, ranks, reason))
    record("mask words in source", actor=actor.user_id, object_id=source.pk)
    return len(kept)


@transaction.atomic
def undo_replacement(*, actor: Asking, source: Source, digest: str, shown: str) -> int:
    """Put the words of before where `shown` stands. Raises ValidationError once the source is finished."""
    refuse_without_key()
    masking = _current(actor, source)
    rows = Detail.objects.filter(source=source, words_digest=digest, shown=shown, state=DetailState.MASKED)
    undone = [one for one in rows.order_by("start") if one.sealed is not None]
    if not undone:
        raise ValidationError(_("Ce remplacement ne s’annule plus : le texte d’origine est scellé."))
    before = [Replacement(one.start, one.end, unseal(one.sealed or b"", one.pk)) for one in undone]
    reason = ngettext("%(count)d remplacement annulé", "%(count)d remplacements annulés", len(undone))
    ranks = {one.pk: rank for rank, one in enumerate(undone)}
    _write(actor, masking, _Batch(before, ranks, reason % {"count": len(undone)}, undo=True))
    record("undo mask in source", actor=actor.user_id, object_id=source.pk)
    return len(undone)


@dataclass(frozen=True, slots=True)
class _Batch:
    """Replacements in the order of the text, the rank of that of each detail, and why there is another version."""

    replacements: Sequence[Replacement]
    ranks: dict[UUID, int]
    reason: str
    undo: bool = False


def _write(actor: Asking, masking: Masking, batch: _Batch) -> None:
    """The next version with these replacements; every other detail goes where its words went."""
    old, source = masking.version, masking.source
    done = Replaced(old.text, batch.replacements)
    turns = list(turns_of(actor, old))
    said = [
        replace(told, words=done.text[done.at(turn.start) : done.at(turn.end)])
        for turn, told in zip(turns, spoken_in(old, turns), strict=True)
    ]
    new = _next(actor, source, Draft(pseudonymous(turns, said), batch.reason), old)
    moved: list[Detail] = []
    gone: list[UUID] = []
    shift = None if new.text == done.text else Remapping(done.text, new.text)
    for detail in Detail.objects.filter(source=source):
        rank = batch.ranks.get(detail.pk)
        if rank is not None:
            one = done.replacements[rank]
            _turn_over(detail, old.text[one.start : one.end], one.shown, undo=batch.undo)
            detail.start, detail.end = done.span_of(rank)
        elif done.touches(detail.start, detail.end):
            gone.append(detail.pk)
            continue
        else:
            detail.start, detail.end = done.at(detail.start), done.at(detail.start) + detail.end - detail.start
        if shift is not None:
            placed = shift.place(detail.start, detail.end)
            if new.text[placed.start : placed.end] != done.text[detail.start : detail.end]:
                gone.append(detail.pk)
                continue
            detail.start, detail.end = placed.start, placed.end
        detail.version = new
        moved.append(detail)
    Detail.objects.filter(pk__in=gone).delete()
    Detail.objects.bulk_update(moved, ["version", "start", "end", "state", "shown", "sealed"], batch_size=500)
    masking.version = new
    masking.save(update_fields=["version"])


def _turn_over(detail: Detail, words: str, shown: str, *, undo: bool) -> None:
    if undo:
        detail.state, detail.shown, detail.sealed = DetailState.OPEN, "", None
    else:
        detail.state, detail.shown, detail.sealed = DetailState.MASKED, shown, seal(words, detail.pk)


def pseudonymous(turns: Iterable[Turn], said: Iterable[Spoken]) -> list[Spoken]:
    """The turns under pseudonyms: who takes part by theirs, who asks the questions by what they do."""
    found = []
    for turn, told in zip(turns, said, strict=True):
        if turn.participant is not None:
            found.append(replace(told, speaker=turn.participant.pseudonym))
        elif turn.interviewer and not is_generic(turn.speaker) and not _is_short(turn.speaker):
            found.append(replace(told, speaker=_("Enquête")))
        else:
            found.append(told)
    return found


def _is_short(label: str) -> bool:
    return label.isupper() and len(label) <= 4


def _next(actor: Asking, source: Source, draft: Draft, made_from: SourceVersion) -> SourceVersion:
    try:
        return write_version(actor=actor, source=source, draft=draft, made_from=made_from)
    except NewerVersion as newer:
        raise ValidationError(
            _("Le texte a changé pendant ce temps : rien n’a été remplacé. Relancez la recherche, puis recommencez.")
        ) from newer


@transaction.atomic
def leave_words(*, actor: Asking, source: Source, digest: str) -> int:
    """Let the same words stand in a source. Returns in how many places."""
    _held(actor, source)
    rows = Detail.objects.filter(source=source, words_digest=digest, state=DetailState.OPEN)
    count = rows.update(state=DetailState.LEFT)
    record("leave words in source", actor=actor.user_id, object_id=source.pk)
    return count


@transaction.atomic
def add_words(*, actor: Asking, source: Source, words: str) -> int:
    """Let words that nothing found be decided, wherever they stand. Returns in how many places they are.

    Raises ValidationError when they are not in the text.
    """
    refuse_without_key()
    masking = _current(actor, source)
    line = plain_line(words)
    taken = list(Detail.objects.filter(source=source).exclude(state=DetailState.LEFT))
    Detail.objects.filter(
        source=source, state=DetailState.LEFT, words_digest=words_digest(source.study_id, line)
    ).delete()
    found = [
        (start, end)
        for start, end, _one in Wanted({line: True}).found_in(masking.version.text)
        if not any(start < one.end and one.start < end for one in taken)
    ]
    if not found:
        raise ValidationError(_("Ces mots ne sont pas dans le texte, ou ils sont déjà dans la liste."))
    made = [
        _detail(source, masking.version, Passage(DetailKind.WORDS, start, end, DetailFoundBy.PERSON))
        for start, end in found[:MOST_DETAILS]
    ]
    Detail.objects.bulk_create(made, batch_size=500)
    record("add words to mask", actor=actor.user_id, object_id=source.pk)
    return len(made)


def _held(actor: Asking, source: Source) -> Masking:
    """The pseudonymisation of a source, alone for this transaction. Raises ValidationError when it is not going on."""
    can_decide_detail.require(actor, Detail(source=source, **_scope(source)))
    now = Source.objects.select_for_update().get(pk=source.pk)
    masking = Masking.objects.select_related("version", "source").filter(source=source).first()
    if masking is None or now.state != SourceState.MASKING:
        raise ValidationError(_("Ce matériau n’est pas en cours de pseudonymisation."))
    return masking


def _current(actor: Asking, source: Source) -> Masking:
    """The same, on the last version of the text."""
    masking = _held(actor, source)
    last = version_of(actor, source)
    if masking.version_id != last.pk:
        _look(actor, masking, last)
        masking.refresh_from_db()
        masking.version = last
    return masking


def _scope(source: Source) -> dict[str, object]:
    names = ("scope_level", "scope_institution", "scope_group", "scope_author", "scope_mission")
    return {name: getattr(source, name) for name in names}
