"""Flags on sheets, for tests."""

from __future__ import annotations

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.actions.details import screen_sheet
from nuserus.practices.models import Sheet
from nuserus.screening.models import Flag
from nuserus.screening.queries.flags import Screening


def screened(sheet: Sheet, by: Account) -> Screening:
    """Screen a sheet as one of those who write it, by the rules; what was found."""
    with acting_as(by.pk) as asking:
        found = Sheet.objects.get(pk=sheet.pk)
        return screen_sheet(actor=asking, sheet=found, by_model=False)[1]


def flag_on(sheet: Sheet, by: Account, words: str) -> Flag:
    """The flag on these words."""
    return next(detail.flag for detail in screened(sheet, by).details if detail.words == words)
