"""Forms of consents."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.consent.actions.cards import digest_of
from nuserus.consent.enums import How


class CardForm(forms.Form):
    """The code of a card; `cleaned_data["code"]` is what the database knows of it.

    `waits`: too many codes were tried, this one was not looked at.
    """

    waits = False

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


class WithdrawAllForm(forms.Form):
    """How somebody without an account said that they take everything back."""

    how = forms.ChoiceField(
        label=_("Comment la personne l’a-t-elle dit ?"),
        choices=[(How.ORAL.value, _("à voix haute, devant un témoin")), (How.PAPER.value, How.PAPER.label)],
        widget=forms.RadioSelect,
        initial=How.ORAL.value,
    )
    witness = forms.CharField(
        label=_("Qui l’a entendu, ou a reçu le papier ?"),
        help_text=_("Sa fonction, pas son nom."),
        max_length=80,
    )
