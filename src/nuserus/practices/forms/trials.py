"""Essayé chez nous: three taps and a comment. And the form of an evaluation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models import Institution
from nuserus.practices.actions.trials import Told
from nuserus.practices.enums import Outcome
from nuserus.practices.models import Evaluation
from nuserus.ui.widgets import ChipChoice, Chips, DayInput


class TrialForm(forms.Form):
    """What a sheet gave elsewhere. `places` are those the person may speak for, `publics` slugs to words.

    `near` are the slugs that go first: those of the sheet and of the place.
    """

    outcome = forms.ChoiceField(
        label=_("Chez vous, cela a donné quoi ?"),
        choices=Outcome,
        widget=ChipChoice,
        error_messages={"required": _("Choisissez une des trois réponses.")},
    )
    publics = forms.MultipleChoiceField(label=_("Avec qui ?"), required=False, widget=Chips)
    other_public = forms.ChoiceField(label=_("Quelqu’un d’autre ?"), required=False)
    institution = forms.ChoiceField(
        label=_("Où ?"),
        help_text=_("Le nom n’est jamais montré : on lit seulement le type de lieu et le département."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le lieu de l’essai.")},
    )
    comment = forms.CharField(
        label=_("Qu’avez-vous vu ?"),
        help_text=_("Une ou deux phrases. Ce qui n’a pas marché aide autant que le reste. Ne nommez personne."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        initial: dict[str, object],
        places: list[Institution],
        publics: dict[str, str],
        near: list[str],
    ) -> None:
        super().__init__(data, initial=initial)
        self.places = {str(place.pk): place for place in places}
        first = [(slug, publics[slug]) for slug in near if slug in publics]
        others = [pair for pair in publics.items() if pair not in first]
        if first:
            self._offer("publics", first)
            self._offer("other_public", [("", _("Non")), *others])
        else:
            self._offer("publics", others)
            del self.fields["other_public"]
        self._offer("institution", [(key, place.name) for key, place in self.places.items()])
        if len(places) == 1:
            self.fields["institution"].initial = str(places[0].pk)
            self.fields["institution"].widget = forms.HiddenInput()

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def told(self) -> Told:
        """What `report_trial` takes; only after the form was found valid."""
        answers = self.cleaned_data
        publics = dict.fromkeys([*answers["publics"], answers.get("other_public", "")])
        return Told(
            institution=self.places[answers["institution"]],
            outcome=Outcome(answers["outcome"]),
            publics=tuple(slug for slug in publics if slug),
            comment=answers["comment"],
        )


class EvaluationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Who evaluated, how, on whom, with what result."""

    class Meta:
        model = Evaluation
        fields = ("by_whom", "how", "on_whom", "result", "done_on")
        labels = {
            "by_whom": _("Qui a évalué ?"),
            "how": _("Comment ?"),
            "on_whom": _("Auprès de qui ?"),
            "result": _("Avec quel résultat ?"),
            "done_on": _("Quand ?"),
        }
        help_texts = {
            "by_whom": _("Une fonction ou un organisme. Pas de nom de personne accompagnée."),
            "how": _("Ce qui a été regardé ou compté, avant et après, pendant combien de temps."),
            "on_whom": _("Combien de personnes, dans quels types de lieux."),
            "result": _("Ce qui a changé, et ce qui n’a pas changé."),
        }
        widgets = {
            "done_on": DayInput,
            "how": forms.Textarea(attrs={"rows": 4}),
            "result": forms.Textarea(attrs={"rows": 4}),
        }

    def clean_done_on(self) -> Any:
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Cette date est à venir. Donnez la date où l’évaluation a été faite."))
        return day
