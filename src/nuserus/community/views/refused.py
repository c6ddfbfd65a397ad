"""A refusal of an action, said in the form so that what was typed stays."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms import BaseForm


def say_in(form: BaseForm, refusal: ValidationError) -> None:
    """Put the words of a refusal on top of the form."""
    for words in refusal.messages:
        form.add_error(None, words)
