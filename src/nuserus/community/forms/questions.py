"""Asking and answering."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuserus.community.actions.questions import MAX_SHEETS, Asked
from nuserus.community.forms.screened import ScreenedForm
from nuserus.foundation.levels import Level
from nuserus.practices.queries.facets import facet_words
from nuserus.practices.queries.labels import labels
from nuserus.search.queries.asked import clean_facets, clean_query
from nuserus.ui.widgets import Chips

# The facets of the search page that a question carries: the word in the address → the field.
CARRIED = {
    "dispositif": "devices",
    "famille": "families",
    "public": "publics",
    "categorie": "categories",
    "theme": "themes",
}
_LINE = 200

LEVELS = (
    (Level.NETWORK.value, _("Les professionnels vérifiés de nuserus. Eux seuls pourront répondre.")),
    (Level.PUBLIC.value, _("Tout le monde peut lire, même sans compte. Seul votre métier est montré.")),
)


class AskForm(ScreenedForm):
    """One line, a detail if one wants, who reads it. What the search carried is kept beside."""

    screened = ("title", "detail")
    title = forms.CharField(
        label=_("Votre question"),
        help_text=_("Une ligne suffit, comme vous la diriez à une collègue."),
        max_length=_LINE,
        widget=forms.TextInput(attrs={"maxlength": _LINE}),
        error_messages={"required": _("Écrivez votre question en une ligne.")},
    )
    detail = forms.CharField(
        label=_("Pour mieux comprendre"),
        help_text=_("Ce que vous avez déjà essayé, dans quelle sorte de lieu. Ne nommez personne."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    level = forms.ChoiceField(label=_("Qui pourra la lire ?"), choices=LEVELS, widget=forms.RadioSelect)
    families = forms.MultipleChoiceField(label=_("À propos de quel matériel ?"), required=False, widget=Chips)
    publics = forms.MultipleChoiceField(label=_("Pour qui ?"), required=False, widget=Chips)
    devices = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    categories = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)
    themes = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, data: QueryDict | None = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"level": Level.NETWORK.value, **(initial or {})})
        lists = labels()
        for name, words in (
            ("families", lists.families),
            ("publics", lists.publics),
            ("devices", lists.device_names),
            ("categories", lists.categories),
            ("themes", facet_words("theme", lists)),
        ):
            self.fields[name].choices = list(words.items())  # type: ignore[attr-defined]  # a field of choices

    @property
    def said_about(self) -> list[str]:
        """What the question is about already, in words; a family of a device that is named says nothing more."""
        lists = labels()
        given = {name: list(self[name].value() or []) for name in CARRIED.values()}
        named = lists.families_of(given["devices"])
        given["families"] = [slug for slug in given["families"] if slug not in named]
        return [
            word
            for name, field in CARRIED.items()
            for slug, word in facet_words(name, lists).items()
            if slug in given[field]
        ]

    def asked(self) -> Asked:
        """What `ask_question` takes; only after the form was found valid."""
        return Asked(**self.cleaned_data)


def carried_from(query: QueryDict) -> dict[str, Any]:
    """What the address of a search says of the question to be: the words, and the known facets."""
    lists = labels()
    words = clean_query(query.get("q", ""))
    chosen = clean_facets({name: query.getlist(name) for name in CARRIED if name in query})
    carried: dict[str, Any] = {
        field: [slug for slug in chosen.get(name, ()) if slug in facet_words(name, lists)]
        for name, field in CARRIED.items()
    }
    carried["families"] = list(dict.fromkeys([*carried["families"], *lists.families_of(carried["devices"])]))
    carried["title"] = words[:_LINE]
    carried["detail"] = words if len(words) > _LINE else ""
    return carried


class AnswerForm(ScreenedForm):
    """An answer; `found` are sheets that may be pointed to, as pairs of id and title."""

    text = forms.CharField(
        label=_("Votre réponse"),
        help_text=_("Ce que vous avez vu ou fait. Quelques lignes suffisent. Ne nommez personne."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Écrivez votre réponse, même courte.")},
    )
    words = forms.CharField(
        label=_("Montrer une fiche"),
        help_text=_("Quelques mots de la fiche, puis « Chercher des fiches »."),
        required=False,
        max_length=200,
    )
    sheets = forms.MultipleChoiceField(label=_("Fiches à montrer"), required=False, widget=Chips)

    def __init__(self, data: QueryDict | None = None, *, found: list[tuple[UUID, str]] | None = None) -> None:
        super().__init__(data)
        choices = [(str(one), title) for one, title in found or []]
        if choices:
            self.fields["sheets"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        else:
            del self.fields["sheets"]

    def clean_sheets(self) -> list[UUID]:
        """At most five, as ids."""
        return [UUID(one) for one in self.cleaned_data["sheets"][:MAX_SHEETS]]
