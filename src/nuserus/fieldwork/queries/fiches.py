"""Fiches of the grid that wait to be taken up, and what is found in them by the names of the default grid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from nuserus.fieldwork.models import Observation
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.enums import InstrumentKind, SubmissionStatus
from nuserus.instruments.models import Submission
from nuserus.instruments.queries.submissions import Told, submission_for, submissions_visible_to, told

# Names of the questions of instruments/data/grille-observation.xlsx; a grid that keeps them is read like it.
FACT, INTERPRETATION, VERBATIM = "fait", "interpretation", "verbatim"
DAY, MOMENT, WHERE, OTHER_WHERE = "jour", "moment", "lieu", "lieu_precise"
APART = frozenset({FACT, INTERPRETATION, VERBATIM})
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Found:
    """What a fiche says, as far as its questions have the names of the default grid."""

    day: date | None
    where: str
    fact: str
    interpretation: str
    sayings: tuple[str, ...]


def waiting_fiches(asking: Asking, studies: set[UUID]) -> list[Submission]:
    """Accepted fiches of the grids of these studies that nobody took up: the person's own first."""
    rows = _fiches(asking).filter(instrument__study__in=studies).select_related("instrument__study")
    found = list(rows.order_by("-received_at")[: MOST_SHOWN * 5])
    taken = _taken([one.pk for one in found])
    waiting = [one for one in found if one.pk not in taken]
    return sorted(waiting, key=lambda one: one.sent_by_id != asking.user_id)[:MOST_SHOWN]


def fiche_to_take(asking: Asking, submission_id: UUID) -> Submission:
    """One fiche, whole. Raises Unreadable when it is hidden, put aside, or of no study of the person."""
    known = _fiches(asking).filter(pk=submission_id, instrument__study__isnull=False).first()
    if known is None:
        raise Unreadable
    return submission_for(asking, known.instrument_id, known.pk)


def is_taken(submission: Submission) -> bool:
    """Whether somebody took it up, the person or another."""
    return bool(_taken([submission.pk]))


def _fiches(asking: Asking) -> QuerySet[Submission]:
    return submissions_visible_to(asking).filter(status=SubmissionStatus.ACCEPTED, instrument__kind=InstrumentKind.GRID)


def _taken(which: list[UUID]) -> set[UUID]:
    if not which:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM fieldwork_taken(%s)", [which])
        return {UUID(str(row[0])) for row in cursor.fetchall()}


def found_in(submission: Submission) -> Found:
    """What is found in the answers by name, wherever the question stands; labels for what was chosen."""
    named = dict(_named(submission.content))
    labels: dict[str, dict[str, str]] = {}
    if submission.version is not None:
        labels = {
            question.name: {choice.name: choice.label for choice in question.choices or []}
            for question in submission.version.asked.questions
        }

    def words(name: str) -> str:
        given = str(named.get(name, "")).strip()
        return labels.get(name, {}).get(given, given)

    where = words(OTHER_WHERE) or words(WHERE)
    return Found(
        day=_day(words(DAY), submission),
        where=", ".join(part for part in (where, words(MOMENT)) if part),
        fact=words(FACT),
        interpretation=words(INTERPRETATION),
        sayings=tuple(line.strip() for line in words(VERBATIM).splitlines() if line.strip()),
    )


def _named(content: Any) -> Iterator[tuple[str, Any]]:
    """Every answer with the name of its question; of a repeated group, the last one."""
    if isinstance(content, list):
        for one in content:
            yield from _named(one)
    elif isinstance(content, dict):
        for name, value in content.items():
            if isinstance(value, dict) or (isinstance(value, list) and any(isinstance(one, dict) for one in value)):
                yield from _named(value)
            else:
                yield name, value


def _day(given: str, submission: Submission) -> date | None:
    try:
        return date.fromisoformat(given[:10])
    except ValueError:
        return timezone.localdate(submission.filled_at) if submission.filled_at else None


def other_answers(asking: Asking, observation: Observation) -> tuple[Submission | None, list[Told]]:
    """The fiche that an observation comes from and its other answers, when the person may read it."""
    if observation.submission_id is None:
        return None, []
    known = submissions_visible_to(asking).filter(pk=observation.submission_id).first()
    if known is None:
        return None, []
    fiche = submission_for(asking, known.instrument_id, known.pk)
    apart: set[str] = set()
    if fiche.version is not None:
        questions = fiche.version.asked.questions
        apart = {question.label or question.name for question in questions if question.name in APART}
    return fiche, [line for line in told(asking, fiche) if line.question not in apart]
