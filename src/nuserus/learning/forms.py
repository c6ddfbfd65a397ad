"""Forms of « Se former »."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.learning.enums import CONCEPTS, ResourceKind

_CONCEPTS = [(concept.slug, concept.title) for concept in CONCEPTS.values()]


class IllustrationForm(forms.Form):
    """Which notion a sheet illustrates."""

    concept = forms.ChoiceField(
        label=_("Quelle notion ?"),
        choices=[("", _("Choisissez")), *_CONCEPTS],
        error_messages={"required": _("Choisissez une notion dans la liste.")},
    )
    words = forms.CharField(
        label=_("Pourquoi ? En une phrase."),
        help_text=_("Par exemple : « On y voit qui tient la souris, et quand on la rend. »"),
        max_length=200,
        required=False,
    )


class ResourceForm(forms.Form):
    """Something elsewhere that helps to learn."""

    title = forms.CharField(
        label=_("Comment cela s’appelle-t-il ?"),
        max_length=120,
        error_messages={"required": _("Donnez un titre.")},
    )
    address = forms.URLField(
        label=_("Où le trouve-t-on ?"),
        help_text=_("L’adresse complète, qui commence par https://"),
        max_length=500,
        assume_scheme="https",
        error_messages={
            "required": _("Donnez une adresse."),
            "invalid": _("Cette adresse ne convient pas. Copiez-la depuis votre navigateur."),
        },
    )
    kind = forms.ChoiceField(
        label=_("C’est…"),
        choices=ResourceKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites ce que c’est.")},
    )
    words = forms.CharField(
        label=_("Qu’y trouve-t-on, et pour qui ?"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites en une phrase ce qu’on y trouve.")},
    )
    minutes = forms.IntegerField(
        label=_("Combien de minutes ?"),
        help_text=_("Laissez vide si vous ne savez pas."),
        min_value=1,
        max_value=6000,
        required=False,
        error_messages={"invalid": _("Écrivez un nombre entier, par exemple 20.")},
        widget=forms.NumberInput(attrs={"class": "nu-input--short", "inputmode": "numeric"}),
    )
    is_free = forms.BooleanField(label=_("C’est gratuit"), required=False, initial=True)
    concepts = forms.MultipleChoiceField(
        label=_("Pour comprendre quoi ?"), choices=_CONCEPTS, required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if not address.startswith(("https://", "http://")):
            raise forms.ValidationError(_("Cette adresse ne convient pas. Copiez-la depuis votre navigateur."))
        return address


class RefuseResourceForm(forms.Form):
    """Why a proposal is refused."""

    answer = forms.CharField(
        label=_("Pourquoi ?"),
        help_text=_("La personne qui propose lira votre réponse."),
        max_length=300,
        error_messages={"required": _("Dites pourquoi : la personne qui propose lira votre réponse.")},
    )
