"""Places, seats."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.people.models import Trade
from nuserus.studies.enums import PARTS_OF, GroupKind, Part


class PlaceForm(forms.Form):
    """What an institution is in the study."""

    is_partner = forms.BooleanField(label=_("Partenaire : il prend part au travail commun"), required=False)
    is_observed = forms.BooleanField(label=_("Observé : des visites y ont lieu"), required=False)


class SeatForm(forms.Form):
    """A seat in a circle: what is done there, the trade, and the person if they have an account."""

    part = forms.ChoiceField(label=_("Dans l’étude"), choices=Part)
    trade = forms.CharField(
        label=_("Métier ou fonction"),
        help_text=_("Par exemple : « ergothérapeute », « directrice », « maître de maison »."),
        max_length=120,
        required=False,
    )
    email = forms.EmailField(
        label=_("Adresse de son compte nuserus"),
        help_text=_("Laissez vide si la personne n’a pas de compte : vous aurez un lien à lui donner."),
        required=False,
    )

    def __init__(self, *args: Any, kind: GroupKind, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast("forms.ChoiceField", self.fields["part"])
        parts = PARTS_OF[kind]
        field.choices = [(part.value, part.label) for part in parts]
        if len(parts) == 1:
            field.widget = forms.HiddenInput()
            field.initial = parts[0].value
        else:
            field.initial = Part.RESEARCHER.value
        self.fields["trade"].widget.attrs["list"] = "trades"
        self.fields["trade"].required = kind == GroupKind.WORKING

    def trades(self) -> list[str]:
        """Trades to choose from while typing."""
        return list(Trade.objects.filter(retired=False).order_by("position").values_list("label", flat=True))
