"""Forms of the directory."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nuserus.directory.actions.imports.asking import Options
from nuserus.directory.enums import ImportSource, OnProblem, OwnDetail, SpotKind
from nuserus.directory.models import Category, Department, Institution, Membership, Public
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


class UseCodeForm(forms.Form):
    """The code that the place received."""

    code = forms.CharField(
        label=_("Le code reçu par l’établissement"),
        help_text=_("Huit lettres et chiffres. Les espaces et les minuscules ne comptent pas."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class HowCheckedForm(forms.Form):
    """How a moderator made sure that a person may speak for a place."""

    how_checked = forms.CharField(
        label=_("Comment avez-vous vérifié ?"),
        help_text=_(
            "Par exemple : « appel au secrétariat le 3 octobre, la cheffe de service confirme ». "
            "La personne, les référents du lieu et la modération le liront."
        ),
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites comment vous avez vérifié, en quelques mots : par exemple qui vous a répondu."),
            "min_length": _("Dites comment vous avez vérifié, en quelques mots : par exemple qui vous a répondu."),
        },
    )


class KnowsForm(forms.Form):
    """That the last referent read what follows."""

    knows_what_follows = forms.BooleanField(
        label=_("J’ai lu ce qui suivra pour ce lieu"),
        error_messages={"required": _("Rien n’a changé : lisez ce qui suivra, puis cochez.")},
    )


class HandOverForm(forms.Form):
    """To whom a referent hands over, if to anybody."""

    NOBODY = "nobody"

    successor = forms.ChoiceField(label=_("Qui prend la suite ?"), widget=forms.RadioSelect)
    knows_what_follows = forms.BooleanField(
        label=_("J’ai lu ce qui suivra si personne ne prend la suite"), required=False
    )

    def __init__(self, *args: Any, members: Iterable[Membership], last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(member.pk), _label(member)) for member in members]
        successor = self.fields["successor"]
        successor.choices = [*choices, (self.NOBODY, _("Personne pour l’instant"))]  # type: ignore[attr-defined]
        if not last:
            del self.fields["knows_what_follows"]


class DetailsForm(forms.Form):
    """What a place says of itself. A place that may be a home has a name and a site, nothing more."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    phone = forms.RegexField(
        label=_("Téléphone"),
        regex=r"^\+?[0-9][0-9 ().-]{2,18}$",
        required=False,
        help_text=_("Celui de l’accueil, jamais celui d’une personne."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        error_messages={"invalid": _("Écrivez un numéro de téléphone, par exemple 04 90 00 00 00.")},
    )
    opening = forms.CharField(
        label=_("Horaires"),
        max_length=300,
        required=False,
        help_text=_("En une phrase : « du lundi au vendredi, de 9 h à 17 h, sauf en août »."),
    )
    website = forms.URLField(
        label=_("Site"),
        max_length=200,
        required=False,
        assume_scheme="https",
        help_text=_("Par exemple https://www.exemple.fr"),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, institution: Institution, **kwargs: Any) -> None:
        kwargs["initial"] = {detail: getattr(institution, detail) for detail in OwnDetail.values}
        super().__init__(*args, **kwargs)
        if institution.is_private_home:
            del self.fields["phone"], self.fields["opening"]

    def details(self) -> dict[OwnDetail, str]:
        """What was typed, by detail."""
        return {OwnDetail(name): str(value) for name, value in self.cleaned_data.items()}


def _label(member: Membership) -> str:
    """A member as a choice: the name, and the trade where it was said."""
    return f"{member.account.shown_name}, {member.trade}" if member.trade else member.account.shown_name


class ImportOptionsForm(forms.Form):
    """How a register is to be read."""

    dry_run = forms.BooleanField(
        label=_("Essai : dire ce qui changerait, ne rien changer"),
        required=False,
        initial=True,
    )
    on_problem = forms.ChoiceField(
        label=_("Si des lignes ne peuvent pas être lues"),
        choices=OnProblem.choices,
        initial=OnProblem.KEEP_VALID,
        widget=forms.RadioSelect,
    )
    partial = forms.BooleanField(
        label=_("Ce fichier n’est qu’une partie du registre"),
        help_text=_("Ce qui n’y est pas reste ouvert."),
        required=False,
    )
    may_close_many = forms.BooleanField(
        label=_("Beaucoup de fermetures sont attendues"),
        help_text=_("Sans cela, un fichier qui fermerait plus d’un lieu sur dix est refusé."),
        required=False,
    )

    def options(self) -> Options:
        """What was chosen."""
        chosen = self.cleaned_data
        return Options(
            dry_run=chosen["dry_run"],
            on_problem=OnProblem(chosen["on_problem"]),
            partial=chosen["partial"],
            may_close_many=chosen["may_close_many"],
        )


class ImportForm(ImportOptionsForm):
    """A register and its file."""

    field_order = ("source", "file")

    source = forms.ChoiceField(
        label=_("Quel registre ?"),
        choices=[("", _("Choisissez")), *ImportSource.choices],
        error_messages={"required": _("Choisissez le registre dont vient ce fichier.")},
    )
    file = forms.FileField(
        label=_("Le fichier"),
        help_text=_("Tel que le registre le publie, compressé (.gz, .zip) ou non ; 600 Mo au plus."),
        allow_empty_file=True,
        error_messages={"required": _("Choisissez le fichier du registre.")},
    )
