"""One question a screen: what a study is."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.studies.actions.opening import Kept, Legal
from nuserus.studies.enums import LegalBasis, Qualification
from nuserus.studies.models import RetentionRule, Study
from nuserus.studies.queries.templates import retention_shapes, study_shapes
from nuserus.ui.widgets import DayInput


def refuse(form: forms.Form, refusal: forms.ValidationError) -> None:
    """Put the messages of a refusal beside the fields they are about, else above the form."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, messages in refusal.message_dict.items():
        form.add_error(name if name in form.fields else None, messages)


class TitleForm(forms.Form):
    """How the study is called."""

    title = forms.CharField(
        label=_("Titre de l’étude"), help_text=_("Provisoire si besoin : vous pourrez le changer."), max_length=200
    )


class PurposeForm(forms.Form):
    """What it is for."""

    purpose = forms.CharField(
        label=_("À quoi sert-elle ?"),
        help_text=_("Quelques phrases simples : on les lira aux équipes et aux personnes accompagnées."),
        widget=forms.Textarea({"rows": 6}),
        max_length=4000,
    )
    question = forms.CharField(label=_("La question que vous vous posez"), max_length=500, required=False)


class PeriodForm(forms.Form):
    """From when to when."""

    starts_on = forms.DateField(label=_("Premier jour"), widget=DayInput, required=False)
    ends_on = forms.DateField(label=_("Dernier jour"), widget=DayInput, required=False)


class LegalForm(forms.Form):
    """What it is for the law."""

    qualification = forms.ChoiceField(
        label=_("Pour la loi, cette étude est :"),
        help_text=_("RIPH : recherche impliquant la personne humaine. La loi Jardé en fixe les trois catégories."),
        choices=Qualification,
        widget=forms.RadioSelect,
    )
    justification = forms.CharField(
        label=_("Pourquoi cette qualification ?"),
        help_text=_("Par exemple : « Nous observons des pratiques professionnelles, sans acte sur les personnes. »"),
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        required=False,
    )
    opinion_body = forms.CharField(
        label=_("Qui a donné un avis ?"),
        help_text=_("Comité de protection des personnes, comité d’éthique, délégué à la protection des données…"),
        max_length=200,
        required=False,
    )
    opinion_reference = forms.CharField(label=_("Référence de l’avis"), max_length=120, required=False)
    opinion_on = forms.DateField(label=_("Avis rendu le"), widget=DayInput, required=False)

    def legal(self) -> Legal:
        """What was answered."""
        given = self.cleaned_data
        return Legal(
            Qualification(given["qualification"]),
            given["justification"],
            given["opinion_body"],
            given["opinion_reference"],
            given["opinion_on"],
        )


class NoticeForm(forms.Form):
    """What the notices say of the study itself."""

    legal_basis = forms.ChoiceField(
        label=_("Sur quelle base légale gardez-vous ces données ?"),
        help_text=_(
            "C’est une question de droit (RGPD, article 6). L’accord de chaque personne se demande toujours, en plus."
        ),
        choices=LegalBasis,
        widget=forms.RadioSelect,
    )
    controller = forms.CharField(
        label=_("Qui est responsable de ces données ?"),
        help_text=_("L’université, l’association, l’établissement : le responsable du traitement."),
        max_length=200,
        required=False,
    )
    contact = forms.CharField(
        label=_("À qui peut-on s’adresser ?"),
        help_text=_("Un nom de service, un téléphone, une adresse électronique. Ce sera imprimé sur les notices."),
        max_length=300,
        required=False,
    )


class TemplateForm(forms.Form):
    """The shape to start from."""

    template = forms.ChoiceField(label=_("Partir de :"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = cast("forms.ChoiceField", self.fields["template"])
        field.choices = [(shape.key, f"{shape.name}. {shape.about}") for shape in study_shapes().values()]
        field.initial = next(iter(study_shapes()))


class RetentionForm(forms.Form):
    """How many months each material is kept; empty: the study has none of it."""

    def __init__(self, *args: Any, rules: list[RetentionRule], **more: Any) -> None:
        super().__init__(*args, **more)
        known = {rule.material: rule for rule in rules}
        for shape in retention_shapes():
            rule = known.get(shape.material)
            self.fields[shape.material] = forms.IntegerField(
                label=shape.material.label,
                help_text=_("Mois gardés, à compter de : %(from)s. Ensuite : %(then)s.")
                % {"from": shape.kept_from.label, "then": shape.then.label},
                min_value=0,
                max_value=600,
                required=False,
                initial=rule.months if rule else (None if rules else shape.months),
                widget=forms.NumberInput({"class": "nu-input--short", "inputmode": "numeric"}),
            )

    def rules(self) -> list[Kept]:
        """The rules that were answered, in the words that were proposed."""
        return [
            Kept(shape.material, self.cleaned_data[shape.material], shape.kept_from, shape.then, shape.reason)
            for shape in retention_shapes()
            if self.cleaned_data.get(shape.material) is not None
        ]


def initial_of(study: Study, *names: str) -> dict[str, Any]:
    """What the study says already, for a form."""
    return {name: getattr(study, name) for name in names}
