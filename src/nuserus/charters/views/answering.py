"""Writing what a form holds, with what is wrong said in the form."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError


def done(form: forms.Form, write: Callable[[], object]) -> bool:
    """Whether the form was valid and its content written."""
    if not form.is_valid():
        return False
    try:
        write()
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True
