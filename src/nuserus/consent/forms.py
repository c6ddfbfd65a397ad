"""Forms of consents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.consent.actions.cards import digest_of


class CardForm(forms.Form):
    """The code of a card; `cleaned_data["code"]` is what the database knows of it."""

    code = forms.CharField(
        label=_("Le code de votre carte"),
        help_text=_("Douze signes, par exemple K7QD-9M2X-4TRB. Majuscules, tirets et espaces n’ont pas d’importance."),
        max_length=40,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "data-from-address": ""}
        ),
    )

    def clean_code(self) -> str:
        """The digest of the code. A code that can't be one is refused with what to check."""
        digest = digest_of(self.cleaned_data["code"])
        if not digest:
            raise forms.ValidationError(_("Ce code n’a pas douze signes. Regardez sur la carte, puis réessayez."))
        return digest
