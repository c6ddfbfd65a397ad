"""Narrowing the network view."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.devices.enums import AppropriationStage
from nuserus.devices.queries.network import Counts
from nuserus.devices.queries.pictures import PARAMETERS, Words
from nuserus.devices.rules.blocks import NONE


class NetworkForm(forms.Form):
    """Each choice is among the values that are told of somebody; anything else is as if it were not chosen."""

    famille = forms.ChoiceField(label=_("Famille"), required=False)
    materiel = forms.ChoiceField(label=_("Matériel"), required=False)
    degre = forms.ChoiceField(label=_("Degré d’appropriation"), required=False)
    type = forms.ChoiceField(label=_("Type de lieu"), required=False)
    region = forms.ChoiceField(label=_("Région"), required=False)
    departement = forms.ChoiceField(label=_("Département"), required=False)
    organisme = forms.ChoiceField(label=_("Organisme gestionnaire"), required=False)

    def __init__(self, *args: Any, counts: Counts, words: Words, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, dimension in PARAMETERS.items():
            told = [(value, words.of(dimension, value)) for value in counts.by[dimension] if value != NONE]
            if dimension == "stage":
                told = [(stage.value, str(stage.label)) for stage in AppropriationStage]
            elif dimension == "department":
                told.sort()
            else:
                told.sort(key=lambda pair: pair[1].casefold())
            self.fields[name].choices = [("", _("Tous")), *told]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, str]:
        """Dimension → value, of what was chosen and is there."""
        self.is_valid()
        return {
            dimension: self.cleaned_data[name] for name, dimension in PARAMETERS.items() if self.cleaned_data.get(name)
        }
