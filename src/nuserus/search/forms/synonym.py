"""One line of synonyms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus_analysis.text import stems_of

MAX_TERMS = 12
MAX_LETTERS = 100


class SynonymForm(forms.Form):
    """Wordings, one a line, and whether the first only finds the others."""

    terms = forms.CharField(
        label=_("Façons de dire la même chose"),
        help_text=_("Une par ligne, de 2 à 12. Le pluriel, le féminin et les accents sont déjà compris."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=MAX_TERMS * (MAX_LETTERS + 2),
        error_messages={"required": _("Écrivez de 2 à 12 façons de dire, une par ligne.")},
    )
    one_way = forms.BooleanField(
        label=_("La première trouve les suivantes, et pas l’inverse"),
        help_text=_("Par exemple « robot » trouve « Nao », mais « Nao » ne trouve pas tous les robots."),
        required=False,
    )

    def clean_terms(self) -> list[str]:
        given = [" ".join(line.split()) for line in self.cleaned_data["terms"].splitlines()]
        terms = list(dict.fromkeys(line for line in given if line))
        if not 2 <= len(terms) <= MAX_TERMS:
            raise forms.ValidationError(_("Écrivez de 2 à 12 façons de dire, une par ligne."))
        for term in terms:
            if len(term) > MAX_LETTERS:
                raise forms.ValidationError(_("« %(term)s… » est trop long."), params={"term": term[:40]})
            if not stems_of(term):
                raise forms.ValidationError(
                    _("« %(term)s » ne contient aucun mot que la recherche retient."), params={"term": term}
                )
        return terms
