"""Giving allauth's fields our words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def say(field: forms.Field, label: Words, help_text: Words = "", **attrs: str) -> None:
    """Label and hint of a field; no placeholder, since it disappears when one starts to write."""
    field.label = label
    field.help_text = help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)
