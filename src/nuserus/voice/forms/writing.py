"""Writing down what somebody said."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WritingForm(forms.Form):
    """The words that are heard."""

    # giving back to the queue needs none
    use_required_attribute = False

    text = forms.CharField(
        label=_("Ce que vous entendez"),
        help_text=_("Avec ses mots à elle ou à lui. N’écrivez pas le nom d’une personne accompagnée."),
        error_messages={"required": _("Écrivez ce que vous entendez, ou rendez l’enregistrement à la file.")},
        strip=False,
        widget=forms.Textarea({"rows": 12}),
    )
