"""How days and lengths are said on the pages of studies."""

from __future__ import annotations

from decimal import Decimal

from django import template

from nuserus.studies.figures import said_days, said_minutes

register = template.Library()


@register.filter
def days(number: Decimal) -> str:
    """« 1,5 jour »."""
    return said_days(number)


@register.filter
def duration(minutes: int) -> str:
    """« 3 h 30 »."""
    return said_minutes(minutes)
