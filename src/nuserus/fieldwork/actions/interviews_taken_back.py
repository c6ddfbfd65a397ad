"""What becomes of interviews and their recordings when somebody takes back their agreement."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import (
    Trace,
    Withdrawn,
    flag,
    forget_file,
    placeholder,
    reached,
    register_page,
    register_redactor,
)
from nuserus.fieldwork.enums import Hearing, InterviewState, RecordingEnding, RecordingState
from nuserus.fieldwork.models import DraftTurn, Interview, InterviewParticipant, Recording, RecordingPiece
from nuserus.fieldwork.queries.typed import is_interviewer

RECORDINGS = _("enregistrements d’entretiens")
UNFINISHED = _("envois d’enregistrements qui n’étaient pas finis")
NOTES = _("notes d’entretien")
TURNS = _("tours de parole d’entretiens en cours de transcription")
TO_COME = _("entretiens prévus")


def register_interviews() -> None:
    """Say to withdrawals what interviews keep of somebody. Called from `AppConfig.ready`."""
    register_redactor(
        "fieldwork.interviews",
        models=(
            "fieldwork.Interview",
            "fieldwork.InterviewParticipant",
            "fieldwork.DraftTurn",
            "fieldwork.Recording",
            "fieldwork.RecordingPiece",
        ),
        redact=take_back,
    )
    register_page("fieldwork.Interview", lambda pk: reverse("fieldwork:interview", args=[pk]))


def take_back(withdrawn: Withdrawn) -> list[Trace]:
    """As the system, in the transaction of the withdrawal.

    A voice can't be taken out of a recording of several: it goes whole. Notes about several, and what others
    said, stay, and a person looks at them.
    """
    rows = InterviewParticipant.objects.filter(participant=withdrawn.subject)
    interviews = list(Interview.objects.select_for_update().filter(pk__in=rows.values("interview")))
    others = InterviewParticipant.objects.filter(interview__in=interviews).exclude(participant=withdrawn.subject)
    shared = set(others.values_list("interview", flat=True))
    reached(withdrawn, *(one.pk for one in interviews))
    if withdrawn.mode == Mode.STOP_COLLECTING:
        return _stopped(withdrawn, interviews)
    if withdrawn.mode == Mode.STOP_USING:
        return [*_stopped(withdrawn, interviews), *_put_aside(withdrawn, interviews, shared)]
    return _erased(withdrawn, interviews, shared)


def _stopped(withdrawn: Withdrawn, interviews: list[Interview]) -> list[Trace]:
    """Nothing more arrives; what is planned with them is told."""
    arriving = _sounds(interviews).filter(state=RecordingState.ARRIVING)
    planned = [one for one in interviews if one.state == InterviewState.PLANNED]
    return _told(
        (UNFINISHED, _end(withdrawn, list(arriving)), Fate.REMOVED),
        (TO_COME, _look(withdrawn, TO_COME, planned), Fate.FLAGGED),
    )


def _put_aside(withdrawn: Withdrawn, interviews: list[Interview], shared: set[Any]) -> list[Trace]:
    now = timezone.now()
    sounds = _sounds(interviews).filter(state=RecordingState.STORED, withheld_at=None).update(withheld_at=now)
    _sounds(interviews).filter(hearing__in=[Hearing.WAITING, Hearing.RUNNING]).update(hearing=Hearing.NONE)
    turns = _turns(withdrawn, interviews, shared).filter(withheld_at=None).update(withheld_at=now)
    alone = [one.pk for one in interviews if one.pk not in shared]
    Interview.objects.filter(pk__in=alone, withheld_at=None).update(withheld_at=now)
    noted = [one for one in interviews if one.notes]
    return _told(
        (RECORDINGS, sounds, Fate.WITHHELD),
        (TURNS, turns, Fate.WITHHELD),
        (NOTES, sum(one.pk not in shared for one in noted), Fate.WITHHELD),
        (NOTES, _look(withdrawn, NOTES, [one for one in noted if one.pk in shared]), Fate.FLAGGED),
    )


def _erased(withdrawn: Withdrawn, interviews: list[Interview], shared: set[Any]) -> list[Trace]:
    now = timezone.now()
    kept = list(_sounds(interviews).filter(state=RecordingState.STORED))
    coming = list(_sounds(interviews).filter(state=RecordingState.ARRIVING))
    turns = 0
    for turn in _turns(withdrawn, interviews, shared).filter(redacted_at=None):
        turn.text, turn.redacted_at = placeholder(turn.text), now
        if not is_interviewer(turn.speaker):  # a pseudonym, or a name that nobody had bound yet
            turn.speaker = placeholder(turn.speaker)
        turn.save(update_fields=["speaker", "text", "redacted_at"])
        turns += 1
    noted = [one for one in interviews if one.notes]
    planned = [one for one in interviews if one.state == InterviewState.PLANNED]
    for one in interviews:
        if one.pk not in shared:
            one.notes, one.where = placeholder(one.notes), placeholder(one.where)
        one.redacted_at = now
        one.revision += 1
        one.notes_revision += 1
        one.save(update_fields=["notes", "where", "redacted_at", "revision", "notes_revision"])
    left = DraftTurn.objects.filter(interview__in=shared, redacted_at=None).exclude(participant=withdrawn.subject)
    said_in = [one for one in interviews if one.pk in set(left.values_list("interview", flat=True))]
    _look(withdrawn, TURNS, said_in)
    return _told(
        (RECORDINGS, _end(withdrawn, kept), Fate.REMOVED),
        (UNFINISHED, _end(withdrawn, coming), Fate.REMOVED),
        (TURNS, turns, Fate.REMOVED),
        (TURNS, left.count(), Fate.FLAGGED),
        (NOTES, sum(one.pk not in shared for one in noted), Fate.REMOVED),
        (NOTES, _look(withdrawn, NOTES, [one for one in noted if one.pk in shared]), Fate.FLAGGED),
        (TO_COME, _look(withdrawn, TO_COME, planned), Fate.FLAGGED),
    )


def _look(withdrawn: Withdrawn, what: Promise, interviews: list[Interview]) -> int:
    """Ask the team to look at each; how many."""
    for one in interviews:
        address = reverse("fieldwork:interview", args=[one.pk])
        flag(withdrawn, what, kind="fieldwork.Interview", object_id=one.pk, address=address)
    return len(interviews)


def _sounds(interviews: list[Interview]) -> Any:
    return Recording.objects.filter(interview__in=interviews)


def _turns(withdrawn: Withdrawn, interviews: list[Interview], shared: set[Any]) -> Any:
    """Theirs, and every turn of an interview where nobody else was listened to."""
    alone = [one.pk for one in interviews if one.pk not in shared]
    return DraftTurn.objects.filter(Q(participant=withdrawn.subject) | Q(interview__in=alone))


def _end(withdrawn: Withdrawn, recordings: list[Recording]) -> int:
    now = timezone.now()
    for recording in recordings:
        if recording.file.name:
            forget_file(withdrawn, recording.file.name)
        recording.file, recording.file_deleted_at = "", now
        recording.state, recording.ending, recording.ended_at = RecordingState.ENDED, RecordingEnding.WITHDRAWN, now
        recording.hearing = Hearing.NONE
        recording.save(update_fields=["file", "file_deleted_at", "state", "ending", "ended_at", "hearing"])
    RecordingPiece.objects.filter(recording__in=recordings).delete()
    return len(recordings)


def _told(*lines: tuple[Promise, int, Fate]) -> list[Trace]:
    return [Trace(what, count, fate) for what, count, fate in lines if count]
