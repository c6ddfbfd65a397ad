"""What is decided of words that may point at somebody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.people.models import Account

HERE, STUDY = "source", "study"


class DecideForm(forms.Form):
    """Which words, what instead, where: one place (its id), the whole source, the whole study."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    where = forms.CharField(max_length=40, required=False)
    shown = forms.CharField(max_length=80, required=False)

    def only(self) -> UUID | None:
        """The one place that was chosen; None for all of them."""
        try:
            return UUID(self.cleaned_data["where"])
        except ValueError:
            return None

    def everywhere(self) -> bool:
        return bool(self.cleaned_data["where"] == STUDY)


class UndoForm(forms.Form):
    """Which replacement."""

    digest = forms.RegexField(r"^[0-9a-f]{64}$")
    shown = forms.CharField(max_length=80)


class WordsForm(forms.Form):
    """Words that nothing found."""

    words = forms.CharField(
        label=_("Un nom, un lieu ou d’autres mots à cacher"),
        help_text=_("Comme dans le texte. Majuscules et accents ne comptent pas."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class FinishForm(forms.Form):
    """Whether what is left to decide may stay."""

    leave_rest = forms.BooleanField(required=False)


class HolderForm(forms.Form):
    """Who may open the tables of names of a study."""

    person = forms.ChoiceField(label=_("Personne de l’équipe"))

    def __init__(self, *given: Any, people: list[Account], **more: Any) -> None:
        super().__init__(*given, **more)
        choices = [(str(person.pk), person.shown_name) for person in people]
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
