"""What somebody wants to hear of by mail."""

from __future__ import annotations

from uuid import UUID

from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency
from nuserus.notifications.models import Preference
from nuserus.notifications.registry import notice_kind


class Wishes:
    """The frequencies of one account: what it chose, else the default of the kind."""

    def __init__(self, chosen: dict[str, str]) -> None:
        self._chosen = chosen

    @property
    def silent(self) -> bool:
        """Whether the person wants no mail at all."""
        return self._chosen.get(EVERYTHING) == Frequency.NONE

    def chosen(self, kind: str) -> Frequency:
        """What was chosen for a kind (or the digest), whether or not all mail is stopped."""
        if kind in self._chosen:
            return Frequency(self._chosen[kind])
        if kind == DIGEST:
            return Frequency.WEEKLY
        known = notice_kind(kind)
        return known.default if known else Frequency.NONE

    def frequency(self, kind: str) -> Frequency:
        """When mail of this kind goes out, if at all."""
        return Frequency.NONE if self.silent else self.chosen(kind)


def wishes_of(account_id: UUID) -> Wishes:
    """The wishes of an account, acting as it: anybody else finds none and gets the defaults."""
    rows = Preference.objects.filter(scope_author=account_id)
    return Wishes(dict(rows.values_list("kind", "frequency")))
