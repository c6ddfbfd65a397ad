"""Adapter chez nous: where, then what changes in each step and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from nuserus.directory.models import Institution
from nuserus.practices.actions.adapt import CardChange
from nuserus.practices.enums.telling import MAX_CARDS
from nuserus.practices.models import Card, Sheet


class PlaceForm(forms.Form):
    """The place that adapts: preselected when the person has only one."""

    institution = forms.ChoiceField(
        label=_("Pour quel lieu ?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez le lieu qui adapte la fiche.")},
    )

    def __init__(self, data: QueryDict | None = None, *, places: Sequence[Institution]) -> None:
        super().__init__(data)
        where = self.fields["institution"]
        where.choices = [(str(place.pk), place.name) for place in places]  # type: ignore[attr-defined]  # of choices
        if len(places) == 1:
            where.initial = str(places[0].pk)
            where.widget = forms.HiddenInput()


class AdaptationForm(forms.Form):
    """Our steps, what changed and why. Fields are `text_<n>`, `what_<n>`, `why_<n>` for the n-th card."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: QueryDict | None = None, *, cards: Iterable[Card], sheet: Sheet, revision: int) -> None:
        self.cards = list(cards)
        initial: dict[str, Any] = {"revision": revision, "why_changed": sheet.why_changed}
        for rank, card in enumerate(self.cards):
            initial |= {f"text_{rank}": card.text, f"what_{rank}": card.what_changed, f"why_{rank}": card.why_changed}
        super().__init__(data, initial=initial)
        for rank in range(len(self.cards)):
            self.fields[f"text_{rank}"] = _text(_("Chez nous"), 2000, 4)
            self.fields[f"what_{rank}"] = _text(_("Qu’est-ce qui change ?"), 1000, 2)
            self.fields[f"why_{rank}"] = _text(_("Pourquoi ?"), 1000, 2)
        if len(self.cards) < MAX_CARDS:
            self.fields["text_new"] = _text(_("Une étape de plus ?"), 2000, 3)
        self.fields["why_changed"] = _text(_("En deux mots, pourquoi avez-vous adapté cette fiche ?"), 2000, 3)

    def card_fields(self, rank: int) -> list[BoundField]:
        """The three fields of the n-th card."""
        return [self[f"{name}_{rank}"] for name in ("text", "what", "why")]

    def changes(self) -> list[CardChange]:
        """The cards as they were typed; only after the form was found valid."""
        said = self.cleaned_data
        changes = [
            CardChange(card.pk, said[f"text_{rank}"], said[f"what_{rank}"], said[f"why_{rank}"])
            for rank, card in enumerate(self.cards)
        ]
        new = said.get("text_new", "")
        return [*changes, CardChange(None, new)] if new else changes


def _text(label: Any, limit: int, rows: int) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=limit, widget=forms.Textarea(attrs={"rows": rows}))
