"""The forms of a peer review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.practices.enums import REVIEW_REASONS
from nuserus.practices.models import Card


class ReturnForm(forms.Form):
    """Give a sheet back: at least one kind reason, or a word of one's own."""

    at_least_one = ("reasons", "message")

    reasons = forms.MultipleChoiceField(label=_("Pourquoi ?"), required=False, widget=forms.CheckboxSelectMultiple())
    message = forms.CharField(
        label=_("Un mot à l’auteur ou l’autrice"),
        help_text=_("Dites d’abord ce qui vous a plu. Facultatif si vous avez choisi une raison."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        reasons = self.fields["reasons"]
        if isinstance(reasons, forms.MultipleChoiceField):
            reasons.choices = [(reason.slug, reason.label) for reason in REVIEW_REASONS.values()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("reasons") and not (cleaned.get("message") or "").strip():
            self.add_error(
                "reasons",
                _("Choisissez une raison ou écrivez un mot : l’auteur ou l’autrice doit savoir quoi reprendre."),
            )
        return cleaned


class PublishForm(forms.Form):
    """Publish, with a word if one likes."""

    message = forms.CharField(
        label=_("Un mot à l’auteur ou l’autrice"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CommentForm(forms.Form):
    """A remark about one card, or about one question."""

    about = forms.CharField(max_length=50, widget=forms.HiddenInput)
    text = forms.CharField(label=_("Une remarque"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def card_among(self, cards: list[Card]) -> Card | None:
        """The card that the remark is about, if it is about a card."""
        return next((card for card in cards if str(card.pk) == self.cleaned_data["about"]), None)


class PassOnForm(forms.Form):
    """Let another peer read it; the reason is for the history."""

    reason = forms.CharField(label=_("Pourquoi ?"), required=False, max_length=500)
