"""Sections of the page of a device, contributed by the apps above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.safestring import SafeString

from nuserus.devices.models import Device

Render = Callable[[HttpRequest, Device], SafeString]


@dataclass(frozen=True, slots=True)
class _Section:
    key: str
    position: int
    render: Render


_sections: dict[str, _Section] = {}


def register_device_section(key: str, *, position: int, render: Render) -> None:
    """Add a section to the page of every device, smallest position first; "" shows nothing.

    `render` gives the HTML of a whole section, with its own `<h2>`, of what the person who asks
    may see. Called from `AppConfig.ready`. Raises ValueError when the key is taken.
    """
    if key in _sections:
        raise ValueError(f"There is a section {key} already")
    _sections[key] = _Section(key, position, render)


def device_sections(request: HttpRequest, device: Device) -> list[SafeString]:
    """The sections that have something to show, in order."""
    ordered = sorted(_sections.values(), key=lambda section: (section.position, section.key))
    rendered = (section.render(request, device) for section in ordered)
    return [html for html in rendered if html]
