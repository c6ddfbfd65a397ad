"""Phases, steps, cycles, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.people.queries.accounts import shown_names
from nuserus.studies.enums import CycleMoment
from nuserus.studies.figures import said_days, total_days
from nuserus.studies.models import CycleNote, Decision, Phase, Step, Study
from nuserus.studies.rules import can_read_cycle_note, can_read_decision, can_read_phase, can_read_step


@dataclass(frozen=True, slots=True)
class PhaseShown:
    """A phase, its steps, and the days of both."""

    phase: Phase
    steps: list[Step]
    days: str


@dataclass(frozen=True, slots=True)
class MomentShown:
    """One moment of a cycle and what was noted."""

    moment: CycleMoment
    label: str
    notes: list[tuple[CycleNote, str]]


@dataclass(frozen=True, slots=True)
class CycleShown:
    """A cycle: its four moments in order."""

    number: int
    moments: list[MomentShown]


def steps_of(asking: Asking, study: Study) -> list[Step]:
    """Every step, in order."""
    rows = can_read_step.filter(Step.objects.filter(study=study), asking)
    return list(rows.select_related("phase").order_by("phase__position", "position", "id"))


def phases_of(asking: Asking, study: Study) -> list[PhaseShown]:
    """The phases with their steps, in order; the days are those in one place."""
    steps = steps_of(asking, study)
    shown = []
    for phase in can_read_phase.filter(Phase.objects.filter(study=study), asking):
        own = [step for step in steps if step.phase_id == phase.pk]
        shown.append(PhaseShown(phase, own, said_days(sum((step.days for step in own), Decimal(0)))))
    return shown


def planned_days(steps: list[Step], places: int) -> Decimal:
    """Days of all the steps in all the places."""
    return total_days(((step.days, step.in_each_place) for step in steps), places)


def readable_phase(asking: Asking, phase_id: UUID) -> Phase:
    """A phase. Raises Unreadable."""
    found = Phase.objects.select_related("study").filter(pk=phase_id).first()
    if found is None:
        raise Unreadable
    can_read_phase.require(asking, found)
    return found


def readable_step(asking: Asking, step_id: UUID) -> Step:
    """A step. Raises Unreadable."""
    found = Step.objects.select_related("study", "phase").filter(pk=step_id).first()
    if found is None:
        raise Unreadable
    can_read_step.require(asking, found)
    return found


def cycles_of(asking: Asking, study: Study) -> list[CycleShown]:
    """The cycles, last first, each with its four moments and who wrote what."""
    rows = list(can_read_cycle_note.filter(CycleNote.objects.filter(study=study), asking))
    names = shown_names({note.written_by for note in rows if note.written_by})
    shown = []
    for number in sorted({note.cycle for note in rows}, reverse=True):
        moments = [
            MomentShown(
                moment,
                str(moment.label),
                [
                    (note, names.get(note.written_by, "") if note.written_by else "")
                    for note in rows
                    if note.cycle == number and note.moment == moment
                ],
            )
            for moment in CycleMoment
        ]
        shown.append(CycleShown(number, moments))
    return shown


def decisions_of(asking: Asking, study: Study) -> QuerySet[Decision]:
    """The log of decisions, last first."""
    rows = can_read_decision.filter(Decision.objects.filter(study=study), asking)
    return rows.select_related("replaces", "replaced_by").order_by("-number")
