"""The text of a notice, wherever an app asks for consent: ``{% load consent %}``."""

from __future__ import annotations

from typing import Any

from django import template

from nuserus.consent.models import NoticeVersion

register = template.Library()


@register.inclusion_tag("consent/_notice.html")
def notice(version: NoticeVersion, heading: int = 3) -> dict[str, Any]:
    """One wording of a notice, with its format, number and day; ``heading`` is the level of its title."""
    return {"version": version, "heading": heading}
