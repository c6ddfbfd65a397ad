"""What is asked of somebody who joins, beyond an address and a password.

allauth mixes this class into its own sign-up forms, so it can import none of them.
"""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from nuserus.people.models import Account

NAME_LABEL = _("Le nom que les autres verront")
NAME_HINT = _("Un prénom suffit. Il paraît sur les fiches que vous partagez.")


class WelcomeForm(forms.Form):
    """The name to show."""

    display_name = forms.CharField(
        label=NAME_LABEL,
        help_text=NAME_HINT,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )

    def signup(self, request: HttpRequest, user: Account) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.language = request.LANGUAGE_CODE
        user.save(update_fields=["display_name", "language"])
