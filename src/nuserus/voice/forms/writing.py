"""Writing down what somebody said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WritingForm(forms.Form):
    """The words that are heard."""

    text = forms.CharField(
        label=_("Ce que vous entendez"),
        help_text=_("Avec ses mots à elle ou à lui. N’écrivez pas le nom d’une personne accompagnée."),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 12}),
    )
