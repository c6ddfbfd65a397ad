"""Recording an evaluation: the last step of the ladder."""

from __future__ import annotations

from datetime import date

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.models import Evaluation, Sheet
from nuserus.practices.rules import can_evaluate_sheet


def record_evaluation(
    *, actor: Asking, sheet: Sheet, by_whom: str, how: str, on_whom: str, result: str, done_on: date
) -> Evaluation:
    """Record who evaluated a practice, how, on whom, with what result.

    Raises Unreadable or PermissionDenied: its authors and the peers who review may.
    """
    can_evaluate_sheet.require(actor, sheet)
    assert actor.user_id is not None
    evaluation = Evaluation.objects.create(
        sheet=sheet,
        by_whom=by_whom,
        how=how,
        on_whom=on_whom,
        result=result,
        done_on=done_on,
        recorded_by_id=actor.user_id,
        scope_level=sheet.scope_level,
        scope_author=actor.user_id,
    )
    record("record evaluation", actor=actor.user_id, object_id=evaluation.pk, content=result)
    index_sheet(sheet)
    return evaluation
