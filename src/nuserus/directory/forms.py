"""Forms of the directory."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.directory.enums import SpotKind
from nuserus.directory.models import Category, Department, Public
from nuserus.directory.queries import all_departments, categories_with_institutions
from nuserus.directory.queries.finding import Wanted
from nuserus.directory.queries.needs import needs
from nuserus.directory.queries.squares import Square, square_written
from nuserus.people.models import Trade


class FindForm(forms.Form):
    """What somebody looks for. An unknown value filters nothing: a link that aged still answers."""

    q = forms.CharField(
        label=_("Nom, ville ou type"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    besoin = forms.ChoiceField(label=_("J’ai besoin de"), required=False)
    public = forms.ModelChoiceField(
        label=_("Pour qui"),
        queryset=Public.objects.none(),
        to_field_name="slug",
        required=False,
        empty_label=_("Tout le monde"),
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
    quoi = forms.ChoiceField(label=_("Montrer"), required=False)
    fermes = forms.BooleanField(label=_("Montrer aussi ce qui a fermé"), required=False)
    carre = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departement"].queryset = all_departments()  # type: ignore[attr-defined]
        self.fields["type"].queryset = categories_with_institutions()  # type: ignore[attr-defined]
        self.fields["public"].queryset = Public.objects.all()  # type: ignore[attr-defined]
        self.fields["besoin"].choices = [  # type: ignore[attr-defined]
            ("", _("Tous les besoins")),
            *((slug, str(need)) for slug, need in needs().items()),
        ]
        self.fields["quoi"].choices = [  # type: ignore[attr-defined]
            ("", _("Tout")),
            (SpotKind.INSTITUTION, _("Les établissements et services")),
            (SpotKind.PLACE, _("Les lieux où se faire aider")),
        ]

    def clean_carre(self) -> Square | None:
        """The square of the map, if the address holds one."""
        return square_written(self.cleaned_data["carre"])

    def wanted(self) -> Wanted:
        """What is looked for, without what is not understood."""
        self.is_valid()
        kept = self.cleaned_data
        square = kept.get("carre")
        return Wanted(
            text=kept.get("q", ""),
            kind=kept.get("quoi", ""),
            department=kept.get("departement"),
            category=kept.get("type"),
            need=kept.get("besoin", ""),
            public=kept.get("public"),
            box=square.box() if square else None,
            with_closed=kept.get("fermes", False),
        )

    def chosen(self) -> dict[str, str]:
        """What was asked, in words, by the name of its field; to be called after `wanted`."""
        kept = {name: value for name, value in self.cleaned_data.items() if value}
        words = {name: str(value) for name, value in kept.items()}
        if "besoin" in kept:
            words["besoin"] = str(needs()[kept["besoin"]])
        if "quoi" in kept:
            words["quoi"] = str(SpotKind(kept["quoi"]).label)
        if "fermes" in kept:
            words["fermes"] = gettext("avec ce qui a fermé")
        if "carre" in kept:
            words["carre"] = gettext("un carré de la carte")
        return words


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
