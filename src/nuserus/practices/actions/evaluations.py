"""Recording an evaluation: the last step of the ladder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.publish import require_leave_to_change
from nuserus.practices.models import Evaluation, Sheet
from nuserus.practices.rules import can_evaluate_sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """Who evaluated, how, on whom, with what result."""

    by_whom: str
    how: str
    on_whom: str
    result: str
    done_on: date


def record_evaluation(*, actor: Asking, sheet: Sheet, told: Evaluated) -> Evaluation:
    """Record who evaluated a practice, how, on whom, with what result.

    Raises Unreadable or PermissionDenied: its authors and the peers who review may. ValidationError when
    nobody answers for what its author adds.
    """
    can_evaluate_sheet.require(actor, sheet)
    require_leave_to_change(sheet)
    evaluation = Evaluation(sheet=sheet, **asdict(told))
    evaluation.recorded_by_id = actor.user_id  # type: ignore[assignment]  # the rule refuses visitors
    evaluation.scope_level, evaluation.scope_author = sheet.scope_level, actor.user_id
    evaluation.save(force_insert=True)
    record("record evaluation", actor=actor.user_id, object_id=evaluation.pk, content=told.result)
    index_sheet(sheet)
    return evaluation
