"""Phases and steps, cycles, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.actions.notices import tell
from nuserus.studies.actions.opening import refuse_disorder
from nuserus.studies.enums import CycleMoment
from nuserus.studies.figures import in_halves
from nuserus.studies.models import CycleNote, Decision, Phase, Step, Study
from nuserus.studies.queries.circles import seated_accounts
from nuserus.studies.rules import can_change_phase, can_change_step, can_record_decision, can_write_cycle_note

MAX_PHASES = 12
MAX_STEPS = 40
MAX_PRODUCES = 12


def add_phase(*, actor: Asking, study: Study, name: str, aim: str = "") -> Phase:
    """Another phase, after the others. Raises ValidationError for one too many."""
    known = Phase.objects.filter(study=study)
    if known.count() >= MAX_PHASES:
        raise ValidationError(_("Une étude a douze phases au plus."))
    phase = Phase(
        study=study,
        position=(known.aggregate(last=Max("position"))["last"] or 0) + 1,
        name=plain_line(name)[:200],
        aim=plain_line(aim)[:500],
        scope_mission=study.pk,
    )
    can_change_phase.require(actor, phase)
    phase.save(force_insert=True)
    return phase


def change_phase(*, actor: Asking, phase: Phase, name: str, aim: str) -> None:
    """Other words for a phase."""
    can_change_phase.require(actor, phase)
    phase.name, phase.aim = plain_line(name)[:200], plain_line(aim)[:500]
    phase.save()


def remove_phase(*, actor: Asking, phase: Phase) -> None:
    """Take an empty phase away. Raises ValidationError while it has steps."""
    can_change_phase.require(actor, phase)
    if phase.steps.exists():
        raise ValidationError(_("Cette phase a des étapes. Retirez-les d’abord."))
    phase.delete()


def add_step(*, actor: Asking, phase: Phase, words: Mapping[str, Any]) -> Step:
    """Another step at the end of a phase. Raises ValidationError as `change_step`."""
    known = Step.objects.filter(study=phase.study_id)
    if known.count() >= MAX_STEPS:
        raise ValidationError(_("Une étude a quarante étapes au plus."))
    last = known.filter(phase=phase).aggregate(last=Max("position"))["last"] or 0
    step = Step(study_id=phase.study_id, phase=phase, position=last + 1, scope_mission=phase.study_id)
    can_change_step.require(actor, step)
    _put(step, words)
    step.save(force_insert=True)
    return step


def change_step(*, actor: Asking, step: Step, words: Mapping[str, Any]) -> None:
    """Other words, days or dates. Raises ValidationError for days that are not halves, dates in disorder."""
    can_change_step.require(actor, step)
    _put(step, words)
    step.save()


def _put(step: Step, words: Mapping[str, Any]) -> None:
    if not in_halves(words["days"]):
        raise ValidationError({"days": _("Comptez en demi-journées : 0,5, 1, 1,5…")})
    refuse_disorder(words.get("starts_on"), words.get("ends_on"))
    step.name, step.kind = plain_line(words["name"])[:200], words["kind"]
    step.days, step.in_each_place = words["days"], words["in_each_place"]
    lines = (plain_line(line)[:120] for line in plain_text(words.get("produces", "")).splitlines())
    step.produces = [line for line in lines if line][:MAX_PRODUCES]
    step.starts_on, step.ends_on = words.get("starts_on"), words.get("ends_on")


def finish_step(*, actor: Asking, step: Step, done_on: date | None) -> None:
    """Say that a step is done, on a day; None: it is not, after all."""
    can_change_step.require(actor, step)
    step.done_on = done_on
    step.save()


def remove_step(*, actor: Asking, step: Step) -> None:
    """Take a step away; its dates stay in the calendar."""
    can_change_step.require(actor, step)
    step.delete()


def write_cycle_note(*, actor: Asking, study: Study, cycle: int, moment: CycleMoment, text: str) -> CycleNote:
    """Note one moment of a cycle. Raises ValidationError without a word."""
    note = CycleNote(
        study=study,
        cycle=cycle,
        moment=moment,
        text=plain_text(text)[:3000],
        written_by=actor.user_id,
        scope_mission=study.pk,
    )
    can_write_cycle_note.require(actor, note)
    if not note.text:
        raise ValidationError({"text": _("Écrivez au moins une phrase.")})
    note.save(force_insert=True)
    return note


def record_decision(*, actor: Asking, study: Study, words: Mapping[str, Any], replaces: Decision | None) -> Decision:
    """Add a line to the log; everybody who takes part hears of it. A line is never changed: another replaces it.

    Raises ValidationError when the line that it replaces was replaced already.
    """
    decision = Decision(
        study=study,
        text=plain_line(words["text"])[:1000],
        reason=plain_line(words.get("reason", ""))[:1000],
        taken_by=plain_line(words.get("taken_by", ""))[:200],
        decided_on=words["decided_on"],
        replaces=replaces,
        recorded_by=actor.user_id,
        scope_mission=study.pk,
    )
    can_record_decision.require(actor, decision)
    if replaces is not None and Decision.objects.filter(replaces=replaces).exists():
        raise ValidationError({"replaces": _("Cette décision est déjà remplacée. Remplacez la plus récente.")})
    decision.save(force_insert=True)
    record("record decision", actor=actor.user_id, object_id=decision.pk, content=decision.text)
    tell(
        "decision",
        seated_accounts(study),
        about=study.pk,
        address=reverse("studies:decisions", args=[study.pk]),
        actor=actor.user_id,
        title=study.title,
    )
    return decision
