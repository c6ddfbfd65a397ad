"""Saying who speaks under each name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.corpus.enums import SourceState
from nuserus.corpus.models import Source, SourceVersion, Turn
from nuserus.corpus.rules import can_change_source, can_change_turn
from nuserus.corpus.standard.remap import Remapping
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.studies.models import Participant
from nuserus.studies.rules import can_read_participant


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who speaks: a participant, the interviewer, or (neither) not said yet."""

    participant: UUID | None = None
    interviewer: bool = False


@transaction.atomic
def bind_speakers(*, actor: Asking, source: Source, who: Mapping[str, Who]) -> None:
    """Bind every turn of each name (`who`: name → who it is) in all the versions of the source.

    In older versions a name may be written otherwise: their turns follow the words. A turn that goes from one person
    to another is put aside, or no longer, as they are. Raises ValidationError for a participant of another place.
    """
    can_change_source.require(actor, source)
    Source.objects.select_for_update().get(pk=source.pk)
    named = {one.participant for one in who.values() if one.participant}
    rows = can_read_participant.filter(Participant.objects.filter(place=source.place_id, pk__in=named), actor)
    if {row.pk for row in rows} != named:
        raise ValidationError(_("Cette personne ne participe pas à l’étude dans ce lieu."))
    versions = list(SourceVersion.objects.filter(source=source).order_by("-number"))
    turns = {version.pk: list(Turn.objects.filter(version=version).order_by("position")) for version in versions}
    if any(not can_change_turn.allows(actor, turn) for turn in turns[versions[0].pk][:1]):
        raise ValidationError(_("Vous ne pouvez pas dire qui parle ici."))
    withheld = {turn.participant_id: turn.withheld_at for found in turns.values() for turn in found if turn.withheld_at}
    changed: list[Turn] = []
    newest = versions[0]
    for version in versions:
        by_place = None if version is newest else _Places(version, newest, turns[newest.pk])
        for turn in turns[version.pk]:
            given = who.get(turn.speaker)
            if given is None and by_place is not None and turn.participant_id is None and not turn.interviewer:
                given = by_place.who(turn)
            if given is None or (turn.participant_id, turn.interviewer) == (given.participant, given.interviewer):
                continue
            turn.participant_id, turn.interviewer = given.participant, given.interviewer
            turn.withheld_at = withheld.get(given.participant) if given.participant else None
            changed.append(turn)
    Turn.objects.bulk_update(changed, ["participant", "interviewer", "withheld_at"], batch_size=500)
    if changed and source.state == SourceState.READY:
        source.state = SourceState.MASKING
        source.save(update_fields=["state"])
    if changed:
        record("bind speakers of source", actor=actor.user_id, object_id=source.pk)


class _Places:
    """Who says, in the newest version, the words of an older one."""

    def __init__(self, version: SourceVersion, newest: SourceVersion, turns: Sequence[Turn]) -> None:
        self._mapping = Remapping(version.text, newest.text)
        self._turns = turns
        self._starts = [turn.start for turn in turns]

    def who(self, turn: Turn) -> Who | None:
        at = self._mapping.origin(turn.start, turn.end)
        if at is None:
            return None
        found = self._turns[bisect_right(self._starts, at) - 1]
        if found.participant_id is None and not found.interviewer:
            return None
        return Who(found.participant_id, found.interviewer)
