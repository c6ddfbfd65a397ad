"""Entering: sign in, sign up, codes received by mail, address."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.socialaccount import forms as openid_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from nuserus.people.forms.passwords import NEW_PASSWORD_HINT
from nuserus.people.forms.wording import say
from nuserus.people.models import Account

ADDRESS_HINT = _("Nous y envoyons un code pour vérifier qu’elle est à vous. Personne ne la voit.")
CODE_HINT = _("Le code est dans le message que nous venons d’envoyer. Il sert une seule fois.")


class LoginForm(account_forms.LoginForm):
    """Address, password, and whether this device is one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["login"], _("Adresse e-mail"), autocomplete="username webauthn")
        say(self.fields["password"], _("Mot de passe"))
        say(
            self.fields["remember"],
            _("Rester connecté·e sur cet appareil"),
            _("Seulement si vous êtes la seule personne à l’utiliser."),
        )


class SignupForm(account_forms.SignupForm):
    """Name, address, password."""

    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("Adresse e-mail"), ADDRESS_HINT)
        say(self.fields["password1"], _("Mot de passe"), NEW_PASSWORD_HINT)

    def try_save(self, request: HttpRequest) -> tuple[Account | None, HttpResponse | None]:
        if self.account_already_exists:
            # as long as for a new account, which has its password hashed
            make_password(self.cleaned_data["password1"])
        saved: tuple[Account | None, HttpResponse | None] = super().try_save(request)
        return saved


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["password"], _("Mot de passe"))


class EmailCodeForm(account_forms.ConfirmEmailVerificationCodeForm):
    """The code that proves that an address is one's own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code reçu par e-mail"), CODE_HINT, inputmode="numeric")


class ResetCodeForm(account_forms.ConfirmPasswordResetCodeForm):
    """The code that lets one choose a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code reçu par e-mail"), CODE_HINT, inputmode="numeric")


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """The address of the account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("Adresse e-mail de votre compte"))


class ChangeAddressForm(account_forms.AddEmailForm):
    """A new address for the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("Nouvelle adresse e-mail"), ADDRESS_HINT)


class OpenIDSignupForm(openid_forms.SignupForm):
    """What the provider did not tell."""

    field_order = ("display_name", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["email"], _("Adresse e-mail"), ADDRESS_HINT)


class UnlinkForm(openid_forms.DisconnectForm):
    """The link with the provider, to be removed; there is one at most, so nothing to choose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].widget = forms.HiddenInput()
