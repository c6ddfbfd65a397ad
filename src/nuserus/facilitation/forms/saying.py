"""Forms of words and of consent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import How, Voice
from nuserus.facilitation.enums import Speaker
from nuserus.facilitation.forms.meeting import refuse


class WordsForm(forms.Form):
    """The words of a person, and who says them."""

    text = forms.CharField(
        label=_("Ses mots, comme elle les a dits"),
        help_text=_("Sans nom ni prénom."),
        widget=forms.Textarea({"rows": 4}),
        max_length=1000,
    )
    said_by = forms.CharField(
        label=_("Qui parle ?"),
        help_text=_("Un nom inventé, ou « une résidente », « un père »."),
        max_length=80,
    )
    speaker = forms.ChoiceField(label=_("C’est :"), choices=Speaker, widget=forms.RadioSelect)

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside what it is about."""
        refuse(self, refusal)


class SpokenForm(forms.Form):
    """How somebody without an account answered, and before whom."""

    how = forms.ChoiceField(
        label=_("Comment l’a-t-elle dit ?"),
        choices=[(How.ORAL.value, How.ORAL.label), (How.PAPER.value, How.PAPER.label)],
        widget=forms.RadioSelect,
        initial=How.ORAL,
    )
    witness = forms.CharField(
        label=_("Qui était là ?"),
        help_text=_("Sa fonction, pas son nom : « une aide-soignante », « son frère »."),
        max_length=80,
        required=False,
    )

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside what it is about."""
        refuse(self, refusal)


class QuotedForm(SpokenForm):
    """The same, and whose answer it is."""

    voice = forms.ChoiceField(label=_("Qui a répondu ?"), choices=Voice, widget=forms.RadioSelect, initial=Voice.PERSON)
    field_order: Any = ("voice", "how", "witness")


class PlainForm(forms.Form):
    """One answer in plain words."""

    answer = forms.CharField(label=_("Votre réponse"), widget=forms.Textarea({"rows": 4}), required=False)

    def refuse(self, refusal: forms.ValidationError) -> None:
        """Say a refusal of the action beside the answer."""
        for message in refusal.messages:
            self.add_error("answer", message)
