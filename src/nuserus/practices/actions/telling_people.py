"""Who hears of what happens to a sheet."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from nuserus.notifications.actions import notify
from nuserus.practices.enums import Contribution
from nuserus.practices.models import Contributor, Review, Sheet
from nuserus.practices.queries.notices import ADAPTED, PUBLISHED, RETURNED, TO_REVIEW, TRIED


def authors_of(sheet: Sheet) -> set[UUID]:
    """The accounts of those who told it: author and co-authors, not who reviewed."""
    told = Contributor.objects.filter(sheet=sheet, account__isnull=False).exclude(contribution=Contribution.REVIEW)
    return {sheet.author_id, *(account for account in told.values_list("account_id", flat=True) if account)}


def tell_reviewer(review: Review, *, actor: UUID | None) -> None:
    """Tell the peer that a review is theirs."""
    if review.reviewer_id is not None:
        _tell(TO_REVIEW, review.sheet, {review.reviewer_id}, reverse("reviewing:review", args=[review.pk]), actor)


def tell_returned(sheet: Sheet, *, actor: UUID | None) -> None:
    """Tell the authors that their sheet comes back with remarks."""
    _tell(RETURNED, sheet, authors_of(sheet), reverse("telling:sheet", args=[sheet.pk]), actor)


def tell_published(sheet: Sheet, *, actor: UUID | None) -> None:
    """Tell the authors that their sheet is there; those of its origin that it was adapted, once."""
    address = reverse("sheets:detail", args=[sheet.pk])
    authors = authors_of(sheet)
    _tell(PUBLISHED, sheet, authors, address, actor)
    # under the floor: an origin that was withdrawn is there for nobody but its author
    origin = Sheet.objects.filter(pk=sheet.adapted_from_id).first() if sheet.adapted_from_id else None
    if origin is not None and sheet.version == 1:
        notify(
            kind=ADAPTED,
            recipients=authors_of(origin) - authors,
            about=sheet.pk,
            address=address,
            details={"title": str(sheet), "origin": str(origin)},
            actor=actor,
        )


def tell_tried(sheet: Sheet, *, actor: UUID | None) -> None:
    """Tell the authors that another place tried it."""
    _tell(TRIED, sheet, authors_of(sheet), reverse("sheets:detail", args=[sheet.pk]), actor)


def _tell(kind: str, sheet: Sheet, recipients: set[UUID], address: str, actor: UUID | None) -> None:
    notify(
        kind=kind, recipients=recipients, about=sheet.pk, address=address, details={"title": str(sheet)}, actor=actor
    )
