"""Adaptations being written, and what they still may say of where they come from."""

from __future__ import annotations

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Answer, Sheet, SheetVersion
from nuserus.practices.queries.sheets import sheets_visible_to


def own_draft_of(asking: Asking, origin: Sheet) -> Sheet | None:
    """The adaptation of this sheet that the person has started and not sent, if any."""
    mine = Sheet.objects.filter(author=asking.user_id, adapted_from=origin)
    return mine.filter(status__in=[SheetStatus.DRAFT, SheetStatus.TO_REWORK]).order_by("-changed_at").first()


def revision_of_cards(sheet: Sheet) -> int:
    """On which revision of its steps a form of this sheet is typed."""
    answer = Answer.objects.filter(sheet=sheet, question="did").first()
    return answer.revision if answer is not None else 0


def origin_words_stand(asking: Asking, sheet: Sheet) -> bool:
    """Whether the words that a sheet was copied from may still be read.

    Its origin is there for who asks, and the version it was copied from was not closed: words that were
    taken back there are not shown here as what stood before.
    """
    if sheet.adapted_from_id is None or not sheets_visible_to(asking).filter(pk=sheet.adapted_from_id).exists():
        return False
    closed = SheetVersion.objects.filter(sheet=sheet.adapted_from_id, closed_at__isnull=False)
    return sheet.adapted_from_version not in set(closed.values_list("number", flat=True))
