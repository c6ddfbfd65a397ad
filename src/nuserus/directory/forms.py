"""Forms of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models import Category, Department
from nuserus.directory.queries import (
    categories_with_institutions,
    departments_with_institutions,
)
from nuserus.people.models import Trade


class DirectorySearchForm(forms.Form):
    """Words, department, kind. An unknown value filters nothing: a link that aged still answers."""

    q = forms.CharField(
        label=_("Nom, ville ou type"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    departement = forms.ModelChoiceField(
        label=_("Département"),
        queryset=Department.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous"),
    )
    type = forms.ModelChoiceField(
        label=_("Type d’établissement"),
        queryset=Category.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Tous"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departement"].queryset = departments_with_institutions()  # type: ignore[attr-defined]
        self.fields["type"].queryset = categories_with_institutions()  # type: ignore[attr-defined]


class AskMembershipForm(forms.Form):
    """What a person says of herself to those who will confirm."""

    trade = forms.ModelChoiceField(
        label=_("Votre métier dans cet établissement"),
        queryset=Trade.objects.none(),
        required=False,
        empty_label=_("Je préfère ne pas le dire"),
    )
    message = forms.CharField(
        label=_("Un mot pour la personne qui va vous répondre"),
        help_text=_("Par exemple le service où vous travaillez. Ce mot n’est lu que par elle."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trade"].queryset = Trade.objects.filter(retired=False)  # type: ignore[attr-defined]
