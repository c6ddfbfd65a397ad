"""Pages of sheets kept in memory between visitors, as long as what they show has not changed."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from django.utils.safestring import SafeString

MOST_PAGES = 256


@dataclass(frozen=True, slots=True)
class PageParts:
    """What is the same for every visitor on the page of a sheet; no token, no nonce, no name."""

    title: str
    main: SafeString
    second: SafeString
    linked_data: SafeString | str


@dataclass(frozen=True, slots=True)
class PageKey:
    """Which page: the sheet, the language, and the site as the visitor calls it."""

    sheet: UUID
    language: str
    site: str


class KeptPages:
    """The last pages, each with the fingerprint under which it was rendered."""

    def __init__(self) -> None:
        self._pages: OrderedDict[PageKey, tuple[str, PageParts]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: PageKey, state: str) -> PageParts | None:
        """The page, if it was rendered from this very state."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept[0] != state:
                return None
            self._pages.move_to_end(key)
            return kept[1]

    def keep(self, key: PageKey, state: str, parts: PageParts) -> None:
        """Keep a page; the one that was asked for least lately leaves."""
        with self._lock:
            self._pages[key] = (state, parts)
            self._pages.move_to_end(key)
            while len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)

    def forget(self, key: PageKey) -> None:
        """Leave no word of a page in memory."""
        with self._lock:
            self._pages.pop(key, None)


KEPT = KeptPages()
