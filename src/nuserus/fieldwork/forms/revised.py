"""A form that says which text it was opened on, and shows what is kept when that is another one by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from nuserus.ui.dates import date_format

_HIGHEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept now under one question, where what was typed is another thing."""

    label: str
    words: str


def revision_in(request: HttpRequest) -> int:
    """The revision that the page was opened on; 0 when it says none: the text was never saved then."""
    given = request.POST.get("revision", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 9 else 0


class RevisedForm(forms.Form):
    """The revision travels with what is typed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=_HIGHEST)

    def kept(self) -> Iterator[Kept]:
        """What is kept now (the initial values), question by question, where it is not what was typed."""
        for bound in self.visible_fields():
            kept = bound.initial
            if isinstance(bound.field, forms.DateField) and isinstance(kept, str):
                kept = date.fromisoformat(kept)
            if bound.field.has_changed(kept, bound.data):
                yield Kept(str(bound.label), _in_words(bound.field, kept) or _("(rien)"))

    def move_to(self, revision: int) -> None:
        """Saved once more, what is typed is written over that revision."""
        typed = cast("QueryDict", self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(field, forms.ModelChoiceField):
        return next((field.label_from_instance(one) for one in field.queryset or () if one.pk == value), "")
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in value} if isinstance(value, (list, tuple)) else {str(value or "")}
        named = cast("Iterable[tuple[object, object]]", field.choices)
        return ", ".join(str(label) for key, label in named if str(key) and str(key) in chosen)
    return str(value or "")
