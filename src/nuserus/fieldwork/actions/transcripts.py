"""The text of an interview: typed, imported, then put in the corpus, where it is pseudonymised and coded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.consent.provenance import note_derivation
from nuserus.corpus.actions.sources import add_source
from nuserus.corpus.actions.versions import Draft
from nuserus.corpus.enums import SourceKind
from nuserus.corpus.readers import UnreadableTranscript, read
from nuserus.corpus.standard.spoken import Spoken
from nuserus.fieldwork.enums import InterviewKind, InterviewState
from nuserus.fieldwork.models import DraftTurn, Interview, InterviewParticipant
from nuserus.fieldwork.queries.interviews import is_being_heard, recordings_of, turns_of_interview
from nuserus.fieldwork.queries.typed import (
    INTERVIEWERS,
    LONGEST_TURN,
    TypedTurn,
    is_interviewer,
    read_typed,
    write_typed,
)
from nuserus.fieldwork.rules import can_change_interview
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.files.quota import QUOTA
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.queries.materials import scope_of_material
from nuserus_analysis.text import fold

MOST_SIGNS = 1_000_000
MOST_TURNS = 10_000


class NewerText(Exception):
    """Somebody wrote meanwhile; nothing was written."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the text stands after it was kept."""

    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class _Row:
    speaker: str
    participant: UUID | None
    text: str
    begins_ms: int | None
    ends_ms: int | None


def voices_of(interview: Interview) -> dict[str, UUID]:
    """The pseudonyms of who is listened to, with their ids."""
    rows = InterviewParticipant.objects.filter(interview=interview).select_related("participant")
    return {row.participant.pseudonym: row.participant_id for row in rows}


def typed_of(asking: Asking, interview: Interview) -> str:
    """What is typed so far, as one types it."""
    return write_typed(turns_of_interview(asking, interview))


@transaction.atomic
def keep_text(*, actor: Asking, interview: Interview, text: str, revision: int) -> Kept:
    """Keep what is typed. Raises NewerText when it was based on an older revision, ValidationError when too long."""
    held = _open(actor, interview)
    if held.revision != revision:
        raise NewerText
    if len(text) > MOST_SIGNS:
        raise ValidationError(_("Ce texte est trop long : faites-en deux entretiens."))
    voices = voices_of(held)
    before = turns_of_interview(actor, held)
    known = {*voices, *(turn.speaker for turn in before if turn.speaker)}
    turns = read_typed(plain_text(text), known)
    return _keep(actor, held, _rows(turns, voices, before), before)


@transaction.atomic
def import_text(*, actor: Asking, interview: Interview, upload: UploadedFile[bytes]) -> list[str]:
    """Read a transcript that another program wrote, in the place of what is typed. Returns what is worth knowing.

    Raises ValidationError in words when it can't be read, or when a text is there already.
    """
    held = _open(actor, interview)
    before = turns_of_interview(actor, held)
    if before:
        raise ValidationError(_("Un texte est déjà là. Effacez-le d’abord : rien n’a changé."))
    if (upload.size or 0) > QUOTA:
        raise ValidationError(_("Ce fichier est trop lourd pour une transcription. Vérifiez que c’est le bon."))
    try:
        found = read(upload.read(), plain_line(upload.name or ""))
    except UnreadableTranscript as problem:
        raise ValidationError(str(problem)) from problem
    voices = {fold(name): pk for name, pk in voices_of(held).items()}
    rows = [
        _Row(
            turn.speaker[:80],
            voices.get(fold(turn.speaker)),
            plain_text(found.said(turn))[:LONGEST_TURN],
            turn.begins_ms,
            turn.ends_ms,
        )
        for turn in found.turns
    ]
    rows = [row for row in rows if row.text][:MOST_TURNS]
    _keep(actor, held, rows, [])
    record("import the text of an interview", actor=actor.user_id, object_id=held.pk)
    said = ngettext("%(count)d tour de parole repris.", "%(count)d tours de parole repris.", len(rows))
    return [said % {"count": len(rows)}, *found.warnings]


@transaction.atomic
def bind_voices(*, actor: Asking, interview: Interview, who: Mapping[str, str]) -> None:
    """Say who each name of the text is: the id of somebody of the interview, "interviewer", or "" for nobody yet."""
    held = _open(actor, interview)
    people = {str(pk): (name, pk) for name, pk in voices_of(held).items()}
    for turn in turns_of_interview(actor, held):
        said = who.get(turn.speaker)
        if said is None:
            continue
        name, participant = people.get(said, (turn.speaker, None))
        if said == "interviewer" and not is_interviewer(turn.speaker):
            name = INTERVIEWERS[0]  # a word of the text, in its language, not of the screen
        turn.speaker, turn.participant_id = name, participant
        turn.save(update_fields=["speaker", "participant"])
    held.revision += 1
    held.save(update_fields=["revision"])


@transaction.atomic
def clear_text(*, actor: Asking, interview: Interview) -> None:
    """Forget what is typed."""
    held = _open(actor, interview)
    DraftTurn.objects.filter(interview=held).delete()
    held.revision += 1
    held.save(update_fields=["revision"])
    record("clear the text of an interview", actor=actor.user_id, object_id=held.pk)


@transaction.atomic
def pour_text(*, actor: Asking, interview: Interview) -> Interview:
    """Put the text in the corpus; it leaves the draft. Raises ValidationError when there is none, or not yet."""
    held = _open(actor, interview)
    if is_being_heard(recordings_of(actor, held)):
        raise ValidationError(_("La machine écrit encore. Attendez la fin, ou arrêtez-la."))
    turns = turns_of_interview(actor, held)
    if not turns:
        raise ValidationError(_("Il n’y a pas encore de texte. Tapez-le ou importez-le d’abord."))
    spoken = [
        Spoken(
            turn.speaker,
            turn.text,
            turn.begins_ms,
            turn.ends_ms,
            turn.participant_id,
            turn.participant_id is None and is_interviewer(turn.speaker),
            turn.withheld_at,
        )
        for turn in turns
    ]
    version = add_source(
        actor=actor, place=held.place, described=_described(held), draft=Draft(spoken, _("texte de l’entretien"))
    )
    note_derivation(
        source=("fieldwork.Interview", held.pk),
        made=("corpus.Source", version.source_id),
        mission=held.place_id,
        author=actor.user_id,
    )
    DraftTurn.objects.filter(interview=held).delete()
    held.source = version.source
    held.state = InterviewState.TRANSCRIBED
    held.save(update_fields=["source", "state"])
    record("put an interview in the corpus", actor=actor.user_id, object_id=held.pk)
    return held


def _described(interview: Interview) -> dict[str, Any]:
    group = interview.kind == InterviewKind.GROUP
    people = ", ".join(voices_of(interview))
    title = _("Entretien de groupe : %(people)s") if group else _("Entretien : %(people)s")
    return {
        "kind": SourceKind.GROUP_INTERVIEW if group else SourceKind.INTERVIEW,
        "title": title % {"people": people or _("sans nom")},
        "collected_on": interview.held_on,
    }


def _open(actor: Asking, interview: Interview) -> Interview:
    """The interview, ours to write until the end of the transaction."""
    can_change_interview.require(actor, interview)
    held = Interview.objects.select_for_update(of=("self",)).select_related("place").get(pk=interview.pk)
    if held.source_id is not None:
        raise ValidationError(_("Le texte est dans le corpus : corrigez-le là-bas."), code="poured")
    if held.withheld_at is not None:
        raise ValidationError(_("Cet entretien est mis de côté : on n’y écrit plus."), code="withheld")
    return held


def _rows(turns: list[TypedTurn], voices: Mapping[str, UUID], before: list[DraftTurn]) -> list[_Row]:
    """The typed turns with who speaks; the end of each is told by the machine, or by the next one."""
    ends = {turn.begins_ms: turn.ends_ms for turn in before if turn.ends_ms is not None}
    rows = []
    for rank, turn in enumerate(turns[:MOST_TURNS]):
        after = next((one.begins_ms for one in turns[rank + 1 : rank + 2] if one.begins_ms is not None), None)
        begins = turn.begins_ms
        ended = ends.get(begins, after) if begins is not None else None
        if ended is not None and begins is not None and ended < begins:
            ended = None
        rows.append(_Row(turn.speaker, voices.get(turn.speaker), turn.text, begins, ended))
    return rows


def _keep(actor: Asking, held: Interview, rows: list[_Row], before: list[DraftTurn]) -> Kept:
    """Write what changed and nothing else: a text of two thousand turns is kept every few seconds."""
    scope = scope_of_material(held.place, author=held.scope_author)
    withheld = {turn.participant_id: turn.withheld_at for turn in before if turn.withheld_at and turn.participant_id}
    redacted = {(turn.speaker, turn.text): turn for turn in before if turn.redacted_at}
    changed, added = [], []
    for position, given in enumerate(rows):
        covered = redacted.get((given.speaker, given.text))
        # a covered line keeps whose it was: its label is covered too
        row = replace(given, participant=covered.participant_id) if covered and not given.participant else given
        when = covered.redacted_at if covered else None
        turn = before[position] if position < len(before) else DraftTurn(interview=held, **scope)
        now = (position, row.speaker, row.participant, row.text, row.begins_ms, row.ends_ms)
        was = (turn.position, turn.speaker, turn.participant_id, turn.text, turn.begins_ms, turn.ends_ms)
        turn.position, turn.speaker, turn.participant_id, turn.text, turn.begins_ms, turn.ends_ms = now
        turn.withheld_at = withheld.get(row.participant) if row.participant else None
        turn.redacted_at = when
        if position >= len(before):
            added.append(turn)
        elif now != was:
            changed.append(turn)
    fields = ["position", "speaker", "participant", "text", "begins_ms", "ends_ms", "withheld_at", "redacted_at"]
    DraftTurn.objects.filter(pk__in=[turn.pk for turn in before[len(rows) :]]).delete()
    DraftTurn.objects.bulk_update(changed, fields, batch_size=500)
    DraftTurn.objects.bulk_create(added, batch_size=500)
    held.revision += 1
    held.save(update_fields=["revision"])
    return Kept(held.revision, timezone.now())
