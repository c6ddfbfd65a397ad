"""What many people see alike, kept in memory between them as long as what it shows has not changed.

What is kept is made for a visitor, or from rows that all its readers may read.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from sys import getsizeof
from uuid import UUID

from django.utils.safestring import SafeString

from nuserus.foundation.asking import Asking, acting_as
from nuserus.foundation.kept import Kept
from nuserus.practices.sections import LookedFor


def as_a_visitor(asking: Asking) -> AbstractContextManager[object]:
    """What is kept for everybody is read as a visitor, whoever comes first: the floor itself sees to it."""
    return nullcontext() if asking.is_anonymous else acting_as(None)


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is the same for many people on the page of a sheet; no token, no nonce, no name of who reads."""

    title: str
    main: SafeString
    second: SafeString
    linked_data: SafeString | str

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return sum(getsizeof(part) for part in (self.title, self.main, self.second, self.linked_data))


@dataclass(frozen=True, slots=True)
class PageKey:
    """Which page: the sheet, the language, the site as the reader calls it, and what it offers.

    `offers`: whether its reader may adapt it and evaluate it; None for a visitor, whom it asks to sign in.
    """

    sheet: UUID
    language: str
    site: str
    offers: tuple[bool, bool] | None = None


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """Which answer of a search: the language, and the whole address after its question mark.

    `offers_ours`: whether it offers to look with what one's own place has.
    """

    language: str
    asked: str
    offers_ours: bool


@dataclass(frozen=True, slots=True)
class AnswerParts:
    """The HTML of the sheets that answer, and how many they are."""

    html: SafeString
    total: int

    @property
    def size(self) -> int:
        """Bytes in memory."""
        return getsizeof(self.html)


# Its state is a fingerprint of all the rows that are shown (`queries.page_state`).
KEPT: Kept[PageKey, PageParts] = Kept(most=256, weigh=lambda parts: parts.size)

# Their state is the version of the index (`search.queries.version`), which names of places and words
# of lists do not change: hence the minute.
ANSWERS: Kept[AnswerKey, AnswerParts] = Kept(most=500, weigh=lambda parts: parts.size, seconds=60)
ADDED: Kept[tuple[str, LookedFor], SafeString] = Kept(most=500, weigh=getsizeof, seconds=60)
RELATED: Kept[UUID, tuple[UUID, ...]] = Kept(most=4000, weigh=getsizeof, most_bytes=1_000_000, seconds=60)
