"""Sections of a page, contributed by the apps above the one that shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest
from django.utils.safestring import SafeString

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class _Section(Generic[Shown]):
    key: str
    position: int
    render: Callable[[HttpRequest, Shown], SafeString]


class Sections(Generic[Shown]):
    """What other apps add to the page of one kind of thing."""

    def __init__(self) -> None:
        self.known: dict[str, _Section[Shown]] = {}

    def register(self, key: str, *, position: int, render: Callable[[HttpRequest, Shown], SafeString]) -> None:
        """Add a section to the page of every such thing, smallest position first; "" shows nothing.

        `render` gives the HTML of a whole section, with its own `<h2>`, of what the person who asks
        may see. Called from `AppConfig.ready`. Raises ValueError when the key is taken.
        """
        if key in self.known:
            raise ValueError(f"There is a section {key} already")
        self.known[key] = _Section(key, position, render)

    def of(self, request: HttpRequest, shown: Shown) -> list[SafeString]:
        """The sections that have something to show, in order."""
        ordered = sorted(self.known.values(), key=lambda section: (section.position, section.key))
        rendered = (section.render(request, shown) for section in ordered)
        return [html for html in rendered if html]
