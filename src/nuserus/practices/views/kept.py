"""What visitors see, kept in memory between them as long as what it shows has not changed."""

from __future__ import annotations

from dataclasses import dataclass
from sys import getsizeof
from uuid import UUID

from django.utils.safestring import SafeString

from nuserus.foundation.kept import Kept


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is the same for every visitor on the page of a sheet; no token, no nonce, no name."""

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
    """Which page: the sheet, the language, and the site as the visitor calls it."""

    sheet: UUID
    language: str
    site: str


@dataclass(frozen=True, slots=True)
class AnswerKey:
    """Which answer of a search: the language, and the whole address after its question mark."""

    language: str
    asked: str


# Its state is a fingerprint of all the rows that are shown (`queries.page_state`).
KEPT: Kept[PageKey, PageParts] = Kept(most=256, weigh=lambda parts: parts.size)

# Their state is the version of the index (`search.queries.version`), which names of places and words
# of lists do not change: hence the minute.
ANSWERS: Kept[AnswerKey, SafeString] = Kept(most=500, weigh=getsizeof, seconds=60)
RELATED: Kept[UUID, tuple[UUID, ...]] = Kept(most=4000, weigh=getsizeof, most_bytes=1_000_000, seconds=60)
