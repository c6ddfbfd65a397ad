"""Adaptations being written."""

from __future__ import annotations

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Answer, Sheet


def own_draft_of(asking: Asking, origin: Sheet) -> Sheet | None:
    """The adaptation of this sheet that the person has started and not sent, if any."""
    mine = Sheet.objects.filter(author=asking.user_id, adapted_from=origin)
    return mine.filter(status__in=[SheetStatus.DRAFT, SheetStatus.TO_REWORK]).order_by("-changed_at").first()


def revision_of_cards(sheet: Sheet) -> int:
    """On which revision of its steps a form of this sheet is typed."""
    answer = Answer.objects.filter(sheet=sheet, question="did").first()
    return answer.revision if answer is not None else 0
