"""Sections of the page of an institution, contributed by the apps above the directory."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from nuserus.directory.models import Institution

Render = Callable[[HttpRequest, Institution], SafeString]


@dataclass(frozen=True, slots=True)
class _Section:
    key: str
    position: int
    render: Render


_sections: dict[str, _Section] = {}


def register_institution_section(key: str, *, position: int, render: Render) -> None:
    """Add a section to every institution page, smallest position first; "" shows nothing.

    `render` gives the HTML of a whole section, with its own `<h2>`, of what the person who asks
    may see. Called from `AppConfig.ready`. Raises ValueError when the key is taken.
    """
    if key in _sections:
        raise ValueError(f"There is a section {key} already")
    _sections[key] = _Section(key, position, render)


def institution_sections(request: HttpRequest, institution: Institution) -> list[SafeString]:
    """The sections that have something to show, in order."""
    ordered = sorted(_sections.values(), key=lambda section: (section.position, section.key))
    rendered = (section.render(request, institution) for section in ordered)
    return [html for html in rendered if html]
