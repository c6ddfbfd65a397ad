"""Composing a collection."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuserus.community.actions.collections import Composed
from nuserus.directory.models import Institution
from nuserus.foundation.levels import Level


class CollectionForm(forms.Form):
    """What a collection says of itself; `places` are those of the person."""

    title = forms.CharField(
        label=_("Titre"),
        help_text=_("Par exemple : « Pour notre réunion sur les écrans la nuit »."),
        max_length=160,
        error_messages={"required": _("Donnez un titre à votre sélection.")},
    )
    intro = forms.CharField(
        label=_("Pour qui, pour quoi"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    composed_by = forms.CharField(
        label=_("Composée par"),
        help_text=_("Une équipe, une formation, une fonction : « l’équipe de nuit », « une formatrice en IRTS »."),
        required=False,
        max_length=120,
    )
    level = forms.ChoiceField(label=_("Qui pourra la lire ?"), widget=forms.RadioSelect)
    institution = forms.ChoiceField(label=_("De quel établissement ?"), required=False)

    def __init__(self, data: QueryDict | None = None, *, places: list[Institution], initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"level": Level.RESTRICTED.value, **initial})
        levels = [(Level.RESTRICTED.value, _("Moi seul·e"))]
        if places:
            levels.append((Level.INSTITUTION.value, _("Mon établissement")))
        levels += [
            (Level.NETWORK.value, _("Les professionnels vérifiés de nuserus")),
            (Level.PUBLIC.value, _("Tout le monde, même sans compte")),
        ]
        self._offer("level", levels)
        self._offer("institution", [(str(place.pk), place.name) for place in places])
        if len(places) < 2:
            self.fields["institution"].widget = forms.HiddenInput()
            self.fields["institution"].initial = str(places[0].pk) if places else ""

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a field of choices

    def composed(self) -> Composed:
        """What the actions take; only after the form was found valid."""
        told = self.cleaned_data
        place = UUID(told["institution"]) if told["institution"] else None
        return Composed(
            title=told["title"],
            intro=told["intro"],
            composed_by=told["composed_by"],
            level=told["level"],
            institution=place,
        )


class WordForm(forms.Form):
    """A word about one sheet of a collection."""

    word = forms.CharField(label=_("Un mot sur cette fiche"), required=False, max_length=500)
