"""Essayé chez nous: three taps and a comment. And the form of an evaluation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models import Institution
from nuserus.practices.enums import Outcome
from nuserus.practices.models import Evaluation
from nuserus.ui.widgets import ChipChoice, Chips, DayInput


class TrialForm(forms.Form):
    """What a sheet gave elsewhere. `places` are those the person may speak for, `publics` slugs to words.

    `near` are the slugs that go first: those of the sheet and of the place.
    """

    outcome = forms.ChoiceField(
        label=_("Chez vous, cela a donné quoi ?"),
        choices=Outcome,
        widget=ChipChoice,
        error_messages={"required": _("Choisissez une des trois réponses.")},
    )
    publics = forms.MultipleChoiceField(label=_("Avec qui ?"), required=False, widget=Chips)
    other_public = forms.ChoiceField(label=_("Quelqu’un d’autre ?"), required=False)
    institution = forms.ChoiceField(
        label=_("Où ?"),
        help_text=_("Le nom n’est jamais montré : on lit seulement le type de lieu et le département."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le lieu de l’essai.")},
    )
    comment = forms.CharField(
        label=_("Qu’avez-vous vu ?"),
        help_text=_("Une ou deux phrases. Ce qui n’a pas marché aide autant que le reste. Ne nommez personne."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        *args: Any,
        places: list[Institution],
        publics: dict[str, str],
        near: list[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        first = [(slug, publics[slug]) for slug in near if slug in publics]
        others = [pair for pair in publics.items() if pair not in first]
        self._choice("publics").choices = first or others
        self._choice("other_public").choices = [("", _("Non")), *others]
        if not first:
            del self.fields["other_public"]
        where = self._choice("institution")
        where.choices = [(key, place.name) for key, place in self.places.items()]
        if len(places) == 1:
            where.initial = str(places[0].pk)
            where.widget = forms.HiddenInput()

    def _choice(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def told(self) -> dict[str, Any]:
        """What `report_trial` takes; only after the form was found valid."""
        answers = self.cleaned_data
        publics = [*answers["publics"], answers.get("other_public", "")]
        return {
            "outcome": Outcome(answers["outcome"]),
            "publics": list(dict.fromkeys(slug for slug in publics if slug)),
            "institution": self.places[answers["institution"]],
            "comment": answers["comment"],
        }


class EvaluationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who evaluated, how, on whom, with what result."""

    class Meta:
        model = Evaluation
        fields = ("by_whom", "how", "on_whom", "result", "done_on")
        labels = {
            "by_whom": _("Qui a évalué ?"),
            "how": _("Comment ?"),
            "on_whom": _("Auprès de qui ?"),
            "result": _("Avec quel résultat ?"),
            "done_on": _("Quand ?"),
        }
        help_texts = {
            "by_whom": _("Une fonction ou un organisme. Pas de nom de personne accompagnée."),
            "how": _("Ce qui a été regardé ou compté, avant et après, pendant combien de temps."),
            "on_whom": _("Combien de personnes, dans quels types de lieux."),
            "result": _("Ce qui a changé, et ce qui n’a pas changé."),
        }
        widgets = {"done_on": DayInput, "how": forms.Textarea(attrs={"rows": 4}), "result": forms.Textarea(attrs={"rows": 4})}

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est à venir. Donnez la date où l’évaluation a été faite."))
        return day
