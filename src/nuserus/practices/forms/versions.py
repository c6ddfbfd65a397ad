"""Choosing two versions to compare, and saying why one is closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums.versions import ClosingReason
from nuserus.practices.models import SheetVersion
from nuserus.ui.dates import date_format


class CompareForm(forms.Form):
    """Two versions, the earlier first whatever the order in which they were chosen."""

    de = forms.TypedChoiceField(label=_("De la version"), coerce=int)
    a = forms.TypedChoiceField(label=_("À la version"), coerce=int)

    def __init__(self, data: Any = None, *, versions: list[SheetVersion]) -> None:
        super().__init__(data)
        self.versions = {version.number: version for version in versions}
        choices = [(number, _said(version)) for number, version in self.versions.items()]
        for name, place in (("de", 1), ("a", 0)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
            field.initial = choices[place][0] if len(choices) > place else None
            field.error_messages["invalid_choice"] = str(_("Cette version ne peut pas être lue."))

    def chosen(self) -> tuple[SheetVersion, SheetVersion]:
        """The two versions, the earlier first; only after the form was found valid."""
        first, last = sorted((self.cleaned_data["de"], self.cleaned_data["a"]))
        return self.versions[first], self.versions[last]


def _said(version: SheetVersion) -> str:
    return f"{version.number} · {date_format(timezone.localtime(version.made_at), 'j F Y')}"


class ClosingForm(forms.Form):
    """Why a version must not be read any more."""

    why = forms.ChoiceField(
        label=_("Pourquoi ?"),
        help_text=_("Cette raison sera lue par tous, à la place de la version."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison.")},
    )

    def __init__(self, data: Any = None, *, moderates: bool) -> None:
        super().__init__(data)
        kept = {ClosingReason.WORDS, ClosingReason.RECOGNISED, ClosingReason.MISTAKE}
        offered = kept | ({ClosingReason.MODERATED} if moderates else set())
        why = self.fields["why"]
        if isinstance(why, forms.ChoiceField):
            why.choices = [
                (reason.value, str(reason.label).capitalize()) for reason in ClosingReason if reason in offered
            ]

    def reason(self) -> ClosingReason:
        """The reason; only after the form was found valid."""
        return ClosingReason(self.cleaned_data["why"])
