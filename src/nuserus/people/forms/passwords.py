"""Choosing a password: once, with a button to see it, rather than twice blindly."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from nuserus.people.forms.wording import say

NEW_PASSWORD_HINT = _("12 caractères ou plus. Trois ou quatre mots sans rapport entre eux suffisent.")


def _ask_once(form: forms.Form) -> None:
    say(form.fields["password1"], _("Nouveau mot de passe"), NEW_PASSWORD_HINT)
    del form.fields["password2"]


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """A new password, after the code received by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_once(self)


class SetPasswordForm(account_forms.SetPasswordForm):
    """A first password, for an account that came from the OpenID Connect provider."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ask_once(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """The password as it is, then as it should be."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["oldpassword"], _("Mot de passe actuel"))
        _ask_once(self)
