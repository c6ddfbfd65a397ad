"""Who writes a sheet, and who only reviews it: both are named on its mission."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums.telling import BY_REVIEWER
from nuserus.practices.models import Review, Sheet
from nuserus.practices.rules import can_change_sheet, can_read_sheet


def open_review_of(sheet: Sheet) -> Review | None:
    """The review that waits for a decision, as far as the person who asks may know."""
    return Review.objects.filter(sheet=sheet, decided_at=None).select_related("reviewer").first()


def is_reviewing(asking: Asking, sheet: Sheet) -> bool:
    """Whether the person owns the open review of this sheet."""
    review = open_review_of(sheet)
    return review is not None and asking.user_id is not None and review.reviewer_id == asking.user_id


def is_writer(asking: Asking, sheet: Sheet) -> bool:
    """Whether the words of this sheet are the person's: its author, a co-author, its facilitator."""
    if asking.user_id is None or not can_change_sheet.allows(asking, sheet):
        return False
    return sheet.author_id == asking.user_id or not is_reviewing(asking, sheet)


def may_answer(asking: Asking, sheet: Sheet, question: str) -> bool:
    """Whether the person may save this question: writers all, the reviewer those they complete."""
    if is_writer(asking, sheet):
        return True
    return question in BY_REVIEWER and is_reviewing(asking, sheet)


def readable_sheet(asking: Asking, sheet_id: UUID) -> Sheet:
    """The sheet, with its place. Raises Unreadable (404) when it is hidden or missing."""
    sheet = Sheet.objects.select_related("institution__category", "institution__department", "author").filter(
        pk=sheet_id
    )
    found = sheet.first()
    if found is None:
        raise Unreadable
    can_read_sheet.require(asking, found)
    return found


def written_sheet(asking: Asking, sheet_id: UUID) -> Sheet:
    """The sheet for somebody who writes it. Raises Unreadable, or PermissionDenied for a mere reader."""
    sheet = readable_sheet(asking, sheet_id)
    if not is_writer(asking, sheet):
        raise PermissionDenied(_("Vous pouvez lire cette fiche, mais ses mots sont à ses auteurs et autrices."))
    return sheet
