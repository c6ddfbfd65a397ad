"""Forms of the rules of use."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.charters.actions.charters import RuleWords
from nuserus.charters.actions.listening import Heard, ReadOver
from nuserus.charters.enums import (
    MOST_PEOPLE,
    Drawing,
    Gathering,
    Reading,
    charter_templates,
)
from nuserus.foundation.levels import Level

LEVELS = [
    (Level.INSTITUTION, _("Seulement les membres de notre lieu")),
    (Level.NETWORK, _("Les professionnels vérifiés des autres lieux aussi")),
    (Level.PUBLIC, _("Tout le monde, même sans compte")),
]
EMPTY = "vide"


class DayInput(forms.DateInput):
    """A day, chosen with what the phone has for it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(attrs={"class": "nu-input--short"}, format="%Y-%m-%d")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        initial=timezone.localdate,
        widget=DayInput(),
        error_messages={
            "required": _("Donnez la date."),
            "invalid": _("Écrivez la date comme ceci : 2026-03-21."),
        },
    )


def _people(label: Any, help_text: Any = "", least: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=least,
        max_value=MOST_PEOPLE,
        initial=least,
        widget=forms.NumberInput(attrs={"class": "nu-input--short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Écrivez un nombre, même zéro."),
            "invalid": _("Écrivez un nombre entier, par exemple 6."),
            "min_value": _("Écrivez un nombre plus grand."),
            "max_value": _("Ce nombre est trop grand."),
        },
    )


class StartForm(forms.Form):
    """What a place starts from."""

    template = forms.ChoiceField(
        label=_("D’où partez-vous ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un modèle, ou une page vide.")},
    )
    title = forms.CharField(
        label=_("Comment s’appelleront ces règles ?"),
        help_text=_("Laissez vide pour garder le titre du modèle."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.slug, f"{one.title} ({len(one.rules)})") for one in charter_templates().values()]
        field = cast("forms.ChoiceField", self.fields["template"])
        field.choices = [*choices, (EMPTY, _("Une page vide"))]


class TakeForm(forms.Form):
    """A title for rules that start from another place's."""

    title = forms.CharField(
        label=_("Comment s’appelleront-elles chez vous ?"),
        help_text=_("Laissez vide pour garder le même titre."),
        max_length=120,
        required=False,
    )


class RuleForm(forms.Form):
    """One rule."""

    sentence = forms.CharField(
        label=_("La règle, en une phrase courte"),
        help_text=_("Au présent, avec des mots que chacun comprend. Par exemple : « On demande avant de filmer. »"),
        max_length=160,
        error_messages={"required": _("Écrivez la règle en une phrase courte.")},
    )
    why = forms.CharField(
        label=_("Pourquoi ?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    otherwise = forms.CharField(
        label=_("Et sinon ?"),
        help_text=_("Ce que l’on fait quand ce n’est pas possible, ou quand cela n’a pas été respecté."),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    pictogram = forms.ChoiceField(label=_("Un dessin pour l’affiche"), choices=Drawing, initial=Drawing.YES)

    def words(self) -> RuleWords:
        """The words, once the form is valid."""
        kept = self.cleaned_data
        return RuleWords(kept["sentence"], kept["why"], kept["otherwise"], kept["pictogram"])


class ProposedRuleForm(RuleForm):
    """One rule, by a member who proposes it."""

    reason = forms.CharField(
        label=_("Qu’est-ce qui vous y fait penser ?"),
        help_text=_("Facultatif. Sans nommer personne."),
        max_length=400,
        required=False,
    )
    field_order = ["sentence", "why", "otherwise", "reason", "pictogram"]


class DescribeForm(forms.Form):
    """The title and what it is about."""

    title = forms.CharField(
        label=_("Titre"), max_length=120, error_messages={"required": _("Donnez un titre à ces règles.")}
    )
    about = forms.CharField(
        label=_("De quoi s’agit-il ?"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ConsultationForm(forms.Form):
    """One moment of listening."""

    held_on = _day(_("Quel jour ?"))
    gathering = forms.ChoiceField(
        label=_("Comment ?"),
        choices=Gathering,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment cela s’est passé.")},
    )
    who = forms.CharField(
        label=_("Qui était là ?"),
        help_text=_("Par les rôles, jamais par les noms : « cinq résidents, deux proches, une éducatrice »."),
        max_length=200,
        error_messages={"required": _("Dites qui était là, par les rôles.")},
    )
    accompanied = _people(
        _("Combien de personnes qui vivent ou sont accompagnées ici ?"),
        _("Zéro si elles n’étaient pas là : les règles le diront simplement."),
    )
    others = _people(_("Combien d’autres personnes (proches, professionnels) ?"))
    said = forms.CharField(
        label=_("Qu’ont-elles dit ?"),
        help_text=_("Leurs mots, sans nom et sans histoire que l’on pourrait reconnaître."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez ce qui a été dit, même en quelques mots.")},
    )
    changed = forms.CharField(
        label=_("Qu’est-ce qui a changé dans les règles grâce à cela ?"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def heard(self) -> Heard:
        """What was heard, once the form is valid."""
        return Heard(**self.cleaned_data)


class SimpleForm(forms.Form):
    """The simple version."""

    text = forms.CharField(
        label=_("La version simple"),
        help_text=_("Une idée par ligne, cinq lignes si possible."),
        max_length=1500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )


class ReadingForm(forms.Form):
    """One reading of the simple version by people concerned."""

    readers = forms.CharField(
        label=_("Qui a relu ?"),
        help_text=_("Des personnes concernées, par leurs rôles : « trois résidentes du foyer »."),
        max_length=200,
        error_messages={"required": _("Dites qui a relu, par les rôles.")},
    )
    how_many = _people(_("Combien étaient-elles ?"), least=1)
    way = forms.ChoiceField(
        label=_("Comment ?"),
        choices=Reading,
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites comment la relecture s’est passée.")},
    )
    done_on = _day(_("Quel jour ?"))
    what_changed = forms.CharField(
        label=_("Qu’avez-vous changé grâce à elles ?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def read_over(self) -> ReadOver:
        """What was read, once the form is valid."""
        return ReadOver(**self.cleaned_data)


class AdoptForm(forms.Form):
    """From which day the rules hold."""

    in_force_from = _day(_("À partir de quand ?"), _("Aujourd’hui, ou un jour à venir."))


class ReadersForm(forms.Form):
    """Who may read what was adopted."""

    level = forms.ChoiceField(
        label=_("Qui peut lire ces règles ?"),
        choices=LEVELS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui peut lire parmi les trois réponses.")},
    )
    named = forms.BooleanField(
        label=_("Montrer le nom de notre lieu aux autres"),
        help_text=_("Sinon, on lit seulement le type de lieu et le département."),
        required=False,
    )
