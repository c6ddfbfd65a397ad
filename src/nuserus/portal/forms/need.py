"""« J'ai un besoin », step by step: which, and for whom."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuserus.portal.queries.needs import NEEDS
from nuserus.practices.queries.labels import labels
from nuserus.search.queries.asked import clean_query

OTHER = "autre"


class NeedForm(forms.Form):
    """A need of the list, or in one's own words; then for whom. Becomes the address of a search."""

    besoin = forms.ChoiceField(
        label=_("De quoi avez-vous besoin ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un besoin, ou « Autre chose ».")},
    )
    mots = forms.CharField(
        label=_("Avec vos mots"),
        help_text=_("Si vous avez choisi « Autre chose ». Ce que la personne voudrait faire, ou ce qui coince."),
        max_length=200,
        required=False,
    )
    public = forms.ChoiceField(label=_("Pour qui ?"), required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        needs = [(str(place), need.words) for place, need in enumerate(NEEDS, start=1)]
        self._choices("besoin", [*needs, (OTHER, _("Autre chose"))])
        self._choices("public", [("", _("Peu importe")), *labels().publics.items()])

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or {}
        if answers.get("besoin") == OTHER and not clean_query(answers.get("mots", "")):
            self.add_error("mots", _("Dites en quelques mots ce que vous cherchez."))
        return answers

    def address(self) -> str:
        """The search that answers; of a valid form."""
        chosen, public = self.cleaned_data["besoin"], self.cleaned_data["public"]
        words = clean_query(self.cleaned_data["mots"]) if chosen == OTHER else NEEDS[int(chosen) - 1].query
        asked = {"q": words} | ({"public": public} if public else {})
        return f"{reverse('sheets:results')}?{urlencode(asked)}"
