"""Who reviews: found by the database, named on the mission of the sheet."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from nuserus.foundation.levels import Level
from nuserus.foundation.missions import grant_mission
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.telling_people import tell_reviewer
from nuserus.practices.enums import SheetEventKind
from nuserus.practices.enums.telling import REVIEW_HOURS
from nuserus.practices.models import Review, Sheet


def open_review(sheet: Sheet, *, actor: UUID | None, after_publication: bool = False) -> Review:
    """Open the review of a sheet and give it to a peer; without any peer it waits for one.

    Asked by somebody named on the sheet. One that is open already stays as it is.
    """
    known = Review.objects.filter(sheet=sheet, decided_at=None).first()
    if known is not None:
        return known
    review = Review(
        sheet=sheet,
        after_publication=after_publication,
        due_at=timezone.now() + timedelta(hours=REVIEW_HOURS),
        scope_level=Level.RESTRICTED,
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    )
    review.save(force_insert=True)
    assign(review, actor=actor)
    return review


def assign(review: Review, *, actor: UUID | None, not_to: UUID | None = None) -> None:
    """Give a review to the peer the database picks, `not_to` excepted; to nobody when there is none."""
    review.reviewer_id = picked_reviewer(review.sheet_id, not_to)
    review.save(update_fields=["reviewer"])
    if review.reviewer_id is not None:
        grant_mission(review.sheet_id, review.reviewer_id)
        log_event(review.sheet, SheetEventKind.ASSIGNED, actor=actor)
        tell_reviewer(review, actor=actor)


def picked_reviewer(sheet_id: UUID, not_to: UUID | None) -> UUID | None:
    """The peer with the fewest open reviews, never a contributor, from elsewhere if possible."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_pick_reviewer(%s, %s)", [sheet_id, not_to])
        (picked,) = cursor.fetchone()
    return picked if picked is None else UUID(str(picked))
