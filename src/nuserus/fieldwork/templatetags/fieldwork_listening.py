"""How long a recording lasts and how heavy it is, in words."""

from __future__ import annotations

from django import template

from nuserus.fieldwork.queries.typed import clock
from nuserus.foundation.files import megabytes

register = template.Library()


@register.filter
def lasting(seconds: float) -> str:
    """« 1:02:05 »"""
    return clock(int(seconds))


@register.filter
def weighing(size: int) -> str:
    """« 34 Mo »"""
    return megabytes(size)
