"""The queue of reviews, and what an author may know of theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums import REVIEW_REASONS, ReviewReason, SheetStatus
from nuserus.practices.enums.telling import TRUSTED_AFTER
from nuserus.practices.models import CardComment, Review, Sheet, SheetEvent
from nuserus.practices.rules import can_read_event, can_read_review

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Unowned:
    """A review that waits for a reviewer: nothing of its sheet is said before somebody takes it."""

    id: UUID
    due_at: datetime

    @property
    def promise(self) -> str:
        return time_left(self.due_at)


def is_trusted(asking: Asking) -> bool:
    """Whether the person has published enough sheets to publish without waiting."""
    if asking.user_id is None:
        return False
    published = Sheet.objects.filter(author_id=asking.user_id, status=SheetStatus.PUBLISHED)
    return published.count() >= TRUSTED_AFTER


def reviews_owned_by(asking: Asking) -> QuerySet[Review]:
    """Open reviews that the person owns, the most urgent first, with their sheet."""
    owned = can_read_review.filter(Review.objects.all(), asking).filter(reviewer_id=asking.user_id, decided_at=None)
    return owned.select_related("sheet__institution__category", "sheet__institution__department").order_by(
        "due_at", "id"
    )


def unowned_reviews() -> list[Unowned]:
    """Reviews that nobody has taken, the most urgent first; none for who is not a reviewer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, due_at FROM nuserus_unowned_reviews()")
        return [Unowned(UUID(str(review_id)), due_at) for review_id, due_at in cursor.fetchall()]


def owned_review(asking: Asking, review_id: UUID) -> Review:
    """One open review of the person. Raises Unreadable for any other."""
    review = reviews_owned_by(asking).filter(pk=review_id).first()
    if review is None:
        raise Unreadable
    return review


def reviews_of(asking: Asking, sheet: Sheet) -> list[Review]:
    """Every review of a sheet that the person may read, last first."""
    rows = can_read_review.filter(Review.objects.filter(sheet=sheet), asking)
    return list(rows.select_related("reviewer").order_by("-opened_at"))


def history_of(asking: Asking, sheet: Sheet) -> list[SheetEvent]:
    """The history of a sheet for those named on it, oldest first."""
    rows = can_read_event.filter(SheetEvent.objects.filter(sheet=sheet), asking)
    return list(rows.select_related("actor").order_by("at", "id"))


def comments_to_answer(sheet: Sheet) -> list[CardComment]:
    """Remarks of the last review that gave the sheet back, while it waits to be reworked."""
    if sheet.status != SheetStatus.TO_REWORK:
        return []
    last = Review.objects.filter(sheet=sheet, decision="rework").order_by("-decided_at").first()
    if last is None:
        return []
    return list(last.comments.select_related("card").order_by("written_at", "id"))


def reasons_of(review: Review) -> list[ReviewReason]:
    """The preset reasons that were chosen."""
    return [REVIEW_REASONS[slug] for slug in review.reasons if slug in REVIEW_REASONS]


def is_late(due_at: datetime) -> bool:
    """Whether the promise has passed."""
    return due_at <= timezone.now()


def time_left(due_at: datetime, now: datetime | None = None) -> str:
    """The promise in words: "encore 40 h", "dernière heure", "en retard de 3 h : …"."""
    left = due_at - (now or timezone.now())
    hours = int(left / HOUR)
    if left <= timedelta():
        late = -hours
        if late == 0:
            return _("un peu en retard")
        return ngettext("en retard de %(hours)d h", "en retard de %(hours)d h", late) % {"hours": late}
    if hours == 0:
        return _("encore moins d’une heure")
    return _("encore %(hours)d h") % {"hours": hours}
