"""What can be found: each app above says which of its objects are found, by what words and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from nuserus.foundation.policy import Rule, ScopedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An object as the index sees it.

    `title` and `simple` (the simple version) weigh most, then `cards`, then `rest`. Facets are
    "group:value". `step` is the place on the ladder (0 to 3), `trials` how many tried it elsewhere;
    `stale` says that nobody confirms it any more: it comes after the rest. The entry has the scope of
    `scope`.
    """

    scope: ScopedRow
    title: str
    simple: str = ""
    cards: str = ""
    rest: str = ""
    facets: Iterable[str] = ()
    published_at: datetime | None = None
    step: int = 0
    trials: int = 0
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object that can be found.

    `rows` gives all the objects that the asker may see, with what `document` needs prefetched;
    `document` gives None for an object that is not to be found (a draft, something withdrawn).
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    document: Callable[[Any], Document | None]
    rule: Rule


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str,
    *,
    rows: Callable[[], QuerySet[Any]],
    document: Callable[[Any], Document | None],
    rule: Rule,
) -> None:
    """Let the objects of one model be found, under a short name. Called from `AppConfig.ready`.

    `rule` is the rule of reading: what the index answers is asked of it again.
    """
    _kinds[name] = Kind(name, rows, document, rule)


def kind_named(name: str) -> Kind:
    """The kind of that name. Raises KeyError where no app has registered it."""
    return _kinds[name]


def kinds() -> list[Kind]:
    """Every registered kind, in order of name."""
    return [_kinds[name] for name in sorted(_kinds)]


def forget_kind(name: str) -> None:
    """Take a kind back: for the tests that register their own."""
    _kinds.pop(name, None)
