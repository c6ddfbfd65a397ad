"""Writing a version of a source: the one way in for typing, importing, correcting and masking."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.corpus.actions.excerpts import follow_excerpts
from nuserus.corpus.enums import SourceState
from nuserus.corpus.models import Source, SourceVersion, Turn
from nuserus.corpus.queries.sources import spoken_in, turns_of, version_of
from nuserus.corpus.readers.failing import MAX_SIGNS, MAX_TURNS
from nuserus.corpus.rules import can_add_source_version, can_change_source
from nuserus.corpus.standard.remap import Remapping
from nuserus.corpus.standard.spoken import LONGEST_SPEAKER, Spoken, from_typed, lay_out, retold, to_typed
from nuserus.corpus.standard.text import canonical, count_words, digest
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line

MOST_VERSIONS = 500


class NewerVersion(Exception):
    """Somebody wrote another version meanwhile; nothing was written. `last` is that one."""

    def __init__(self, last: SourceVersion) -> None:
        super().__init__(f"there is version {last.number} already")
        self.last = last


@dataclass(frozen=True, slots=True)
class Draft:
    """What a version is made of: its turns, why it is written, whether they are known to be pseudonymised."""

    turns: Sequence[Spoken]
    reason: str = ""
    pseudonymised: bool = False


@transaction.atomic
def write_version(*, actor: Asking, source: Source, draft: Draft, made_from: SourceVersion | None) -> SourceVersion:
    """Another version of a source; what was picked out in the one before follows, or waits to be checked.

    `made_from` is the version that the author had before their eyes. Words that are not known to be pseudonymised
    take the source back to being masked. Raises NewerVersion when `made_from` is not the last one any more,
    ValidationError when there is nothing or too much.
    """
    can_change_source.require(actor, source)
    kept = [replace(turn, words=canonical(turn.words), speaker=_label(turn.speaker)) for turn in draft.turns]
    kept = [turn for turn in kept if turn.words]
    laid = lay_out(kept)
    _bound(laid.text, kept)
    Source.objects.select_for_update().get(pk=source.pk)
    last = SourceVersion.objects.filter(source=source).defer("text").order_by("-number").first()
    if last is not None and (made_from is None or last.pk != made_from.pk):
        raise NewerVersion(version_of(actor, source))
    if last is not None and last.number >= MOST_VERSIONS:
        raise ValidationError(_("Ce matériau a trop de versions. Ajoutez-en un nouveau avec le texte d’aujourd’hui."))
    version = SourceVersion(
        source=source,
        number=last.number + 1 if last else 1,
        text=laid.text,
        sha256=digest(laid.text),
        words=sum(count_words(turn.words) for turn in kept if turn.withheld_at is None),
        made_from=made_from,
        reason=plain_line(draft.reason)[:200],
        pseudonymised=draft.pseudonymised,
        made_by=actor.user_id,
        **_scope(source),
    )
    can_add_source_version.require(actor, version)
    version.save(force_insert=True)
    Turn.objects.bulk_create(_rows(version, kept, laid.spans), batch_size=1000)
    if made_from is not None:
        follow_excerpts(source=source, version=version)
    if source.state == SourceState.READY and not draft.pseudonymised:
        source.state = SourceState.MASKING
        source.save(update_fields=["state"])
    record("write version of source", actor=actor.user_id, object_id=source.pk)
    return version


def correct_turn(*, actor: Asking, base: SourceVersion, position: int, speaker: str, words: str) -> SourceVersion:
    """Other words, or another name, for one turn of `base`; empty words take the turn away.

    Others may have corrected other turns meanwhile. Raises NewerVersion when this very turn changed, or when turns
    were added or taken away; else as `write_version`.
    """
    source = base.source
    can_change_source.require(actor, source)
    last = version_of(actor, source)
    before = spoken_in(base, list(turns_of(actor, base)))
    now = before if last.pk == base.pk else spoken_in(last, list(turns_of(actor, last)))
    if not 0 <= position < len(before):
        raise ValidationError(_("Ce tour n’est pas dans cette version."))
    if len(now) != len(before) or _said(now[position]) != _said(before[position]):
        raise NewerVersion(last)
    changed = replace(now[position], speaker=_label(speaker), words=canonical(words))
    if _said(changed) == _said(now[position]):
        return last
    if changed.speaker != now[position].speaker:
        same = next((one for one in now if one.speaker == changed.speaker), None)
        changed = replace(
            changed,
            participant=same.participant if same else None,
            interviewer=bool(same and same.interviewer),
            withheld_at=same.withheld_at if same else None,
        )
    turns = [*now[:position], changed, *now[position + 1 :]]
    reason = _("tour %(number)d corrigé") % {"number": position + 1}
    return write_version(actor=actor, source=source, draft=Draft(turns, reason), made_from=last)


def rewrite_text(*, actor: Asking, base: SourceVersion, typed: str, reason: str) -> SourceVersion:
    """The whole text again, as it is typed: « NOM : … » begins a turn. Times and who speaks follow. Raises as above."""
    source = base.source
    can_change_source.require(actor, source)
    before = spoken_in(base, list(turns_of(actor, base)))
    after = from_typed(typed)
    if [(one.speaker, one.words) for one in after] == [
        (one.speaker, one.words) for one in from_typed(to_typed(before))
    ]:
        return base
    turns = retold(before, after, _origins(before, after))
    said = plain_line(reason) or _("texte corrigé")
    return write_version(actor=actor, source=source, draft=Draft(turns, said), made_from=base)


def _origins(before: Sequence[Spoken], after: Sequence[Spoken]) -> list[int | None]:
    """From which turn each new one comes: the one that the most of its words were in."""
    old, new = lay_out(before), lay_out(after)
    mapping = Remapping(new.text, old.text)
    starts = [start for start, _end in old.spans]
    origins: list[int | None] = []
    for start, end in new.spans:
        found = mapping.origin(start, end)
        origins.append(_turn_at(starts, found) if found is not None else None)
    return origins


def _turn_at(starts: Sequence[int], at: int) -> int | None:
    rank = bisect_right(starts, at) - 1
    return rank if rank >= 0 else None


def _said(turn: Spoken) -> tuple[str, str]:
    return turn.speaker, turn.words


def _label(speaker: str) -> str:
    return plain_line(speaker).rstrip(" :\u00a0\u202f")[:LONGEST_SPEAKER]


def _bound(text: str, turns: Sequence[Spoken]) -> None:
    if not turns:
        raise ValidationError(_("Il n’y a aucun texte."))
    if len(text) > MAX_SIGNS or len(turns) > MAX_TURNS:
        raise ValidationError(_("Ce texte est trop long : coupez-le en plusieurs matériaux."))


def _scope(source: Source) -> dict[str, object]:
    names = ("scope_level", "scope_institution", "scope_group", "scope_author", "scope_mission")
    return {name: getattr(source, name) for name in names}


def _rows(version: SourceVersion, turns: Sequence[Spoken], spans: Sequence[tuple[int, int]]) -> list[Turn]:
    scope = _scope(version.source)
    return [
        Turn(
            version=version,
            position=position,
            speaker=turn.speaker,
            participant_id=turn.participant,
            interviewer=turn.interviewer,
            start=span[0],
            end=span[1],
            begins_ms=turn.begins_ms,
            ends_ms=turn.ends_ms,
            withheld_at=turn.withheld_at,
            **scope,
        )
        for position, (turn, span) in enumerate(zip(turns, spans, strict=True))
    ]
