"""Two people, or two tabs, save the same thing in turn: the second is told, and nothing is lost."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from nuserus.foundation.policy import Unreadable


class ChangedMeanwhile(Exception):
    """What is kept is no longer what the page showed: nothing was written."""


def next_revision(row: Model, revision: int | None, *, name: str = "revision") -> int:
    """The revision that the row gets when it is saved; nobody else writes it until the end of the transaction.

    `revision` is the one that the page showed; None: whatever it is. Raises ChangedMeanwhile when the row is not
    at it any more, Unreadable when the row is gone.
    """
    held: QuerySet[Model] = QuerySet(model=type(row)).select_for_update(of=("self",)).filter(pk=row.pk)
    found = held.values_list(name, flat=True).first()
    if found is None:
        raise Unreadable
    if revision is not None and found != revision:
        raise ChangedMeanwhile
    return int(found) + 1
