"""Writing what a form holds, with what is wrong said in the form."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nuserus.foundation.files import megabytes, refused_upload_size
from nuserus.instruments.standard.workbook import WEIGHT_LIMIT


def done(form: forms.Form, write: Callable[[], object], *, field: str | None = None) -> bool:
    """Whether the form was valid and its content written; a refusal is said at `field`, or above the form."""
    if not form.is_valid():
        return False
    try:
        write()
    except ValidationError as problem:
        form.add_error(field, problem)
        return False
    return True


def say_too_heavy(request: HttpRequest, form: forms.Form) -> None:
    """When the file was dropped while it arrived, say so instead of that it is missing."""
    size = refused_upload_size(request)
    if size and form.is_bound:
        form.errors.pop("workbook", None)
        form.add_error(
            "workbook",
            _("Le fichier fait %(size)s, la limite est %(limit)s.")
            % {"size": megabytes(size), "limit": megabytes(WEIGHT_LIMIT)},
        )
