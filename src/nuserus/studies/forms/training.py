"""Training and effects."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.asking import Asking
from nuserus.studies.enums import EffectStage, Plane
from nuserus.studies.models import SelfEvaluation, Study, TrainingAgreement, TrainingSession
from nuserus.studies.queries.circles import circles_of
from nuserus.studies.queries.templates import self_evaluation_items
from nuserus.ui.widgets import ChipChoice, DayInput

LENGTHS = [
    (0, _("rien")),
    (60, _("1 h")),
    (90, _("1 h 30")),
    (120, _("2 h")),
    (150, _("2 h 30")),
    (180, _("3 h")),
    (210, _("3 h 30")),
    (240, _("4 h")),
]


class AgreementForm(forms.Form):
    """Under which agreement the study trains."""

    title = forms.CharField(label=_("Intitulé de la formation"), max_length=200)
    organisation = forms.CharField(label=_("Organisme de formation"), max_length=200)
    declaration = forms.CharField(
        label=_("Numéro de déclaration d’activité"), help_text=_("Onze chiffres."), max_length=20, required=False
    )
    fund = forms.CharField(
        label=_("Qui finance ?"),
        help_text=_("Par exemple le fonds de formation du secteur."),
        max_length=200,
        required=False,
    )
    reference = forms.CharField(label=_("Référence de la convention"), max_length=120, required=False)
    signed_on = forms.DateField(label=_("Signée le"), widget=DayInput, required=False)
    hours = forms.DecimalField(
        label=_("Heures prévues par personne"),
        min_value=Decimal(0),
        max_value=Decimal(2000),
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"class": "nu-input--short", "inputmode": "decimal"}),
    )
    aims = forms.CharField(
        label=_("Objectifs"),
        help_text=_("Un par ligne. Ils figurent sur l’attestation."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )

    @staticmethod
    def initial_of(agreement: TrainingAgreement | None) -> dict[str, Any]:
        """What the agreement says already."""
        names = ("title", "organisation", "declaration", "fund", "reference", "signed_on", "hours", "aims")
        return {name: getattr(agreement, name) for name in names} if agreement else {}


class SessionForm(forms.Form):
    """A session on one day."""

    title = forms.CharField(label=_("Titre de la séance"), max_length=200)
    held_on = forms.DateField(label=_("Jour"), widget=DayInput)
    morning = forms.TypedChoiceField(label=_("Durée le matin"), choices=LENGTHS, coerce=int, initial=210)
    afternoon = forms.TypedChoiceField(label=_("Durée l’après-midi"), choices=LENGTHS, coerce=int, initial=210)
    group: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=_("Pour qui ?"), queryset=None, required=False, empty_label=_("toutes les personnes de l’étude")
    )
    where = forms.CharField(label=_("Où"), max_length=200, required=False)
    trainers = forms.CharField(label=_("Qui forme ?"), max_length=200, required=False)

    def __init__(self, *args: Any, asking: Asking, study: Study, **more: Any) -> None:
        super().__init__(*args, **more)
        circles = [circle.pk for circle in circles_of(asking, study)]
        field = cast("forms.ModelChoiceField[Any]", self.fields["group"])
        field.queryset = study.circles.filter(pk__in=circles).select_related("place__institution")

    @staticmethod
    def initial_of(session: TrainingSession) -> dict[str, Any]:
        """What the session says already."""
        names = ("title", "held_on", "morning", "afternoon", "where", "trainers")
        return {name: getattr(session, name) for name in names} | {"group": session.group_id}


class CertificateForm(forms.Form):
    """The name on a certificate."""

    name = forms.CharField(
        label=_("Prénom et nom sur l’attestation"),
        help_text=_("Tels que la personne veut les voir écrits."),
        max_length=120,
    )


class SelfEvaluationForm(forms.Form):
    """What one knows how to do."""

    CHOICES = ((1, _("pas du tout")), (2, _("un peu")), (3, _("plutôt bien")), (4, _("très bien")))

    words = forms.CharField(label=_("En vos mots"), widget=forms.Textarea({"rows": 3}), max_length=1000, required=False)

    def __init__(self, *args: Any, known: SelfEvaluation | None, **more: Any) -> None:
        super().__init__(*args, **more)
        answers = known.answers if known else {}
        for key, text in self_evaluation_items().items():
            self.fields[key] = forms.TypedChoiceField(
                label=text,
                choices=self.CHOICES,
                coerce=int,
                widget=ChipChoice,
                required=False,
                empty_value=None,
                initial=answers.get(key),
            )
        self.fields["words"].initial = known.words if known else ""
        self.order_fields([*self_evaluation_items(), "words"])

    def answers(self) -> dict[str, int]:
        """The lines that were answered."""
        given = {key: self.cleaned_data.get(key) for key in self_evaluation_items()}
        return {key: value for key, value in given.items() if value}


class EffectForm(forms.Form):
    """What changed in a place."""

    text = forms.CharField(
        label=_("Qu’est-ce qui a changé ?"),
        help_text=_("Un fait, pas une personne : sans nom ni détail qui désigne quelqu’un."),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
    )
    plane = forms.ChoiceField(label=_("Sur quel plan ?"), choices=Plane, widget=forms.RadioSelect)
    stage = forms.ChoiceField(label=_("Où cela en est"), choices=EffectStage, widget=forms.RadioSelect)
    in_project = forms.CharField(
        label=_("Où est-ce écrit dans le projet de l’établissement ?"),
        help_text=_("Par exemple : « projet d’établissement 2027, partie 3 »."),
        max_length=300,
        required=False,
    )
    evidence = forms.CharField(label=_("À quoi le voit-on ?"), max_length=500, required=False)
    seen_on = forms.DateField(label=_("Constaté le"), widget=DayInput, initial=timezone.localdate)
    is_shared = forms.BooleanField(label=_("Partager avec toutes les personnes de l’étude"), required=False)
