"""Protecting an account: application codes, passkeys."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import forms as base_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django.utils.translation import gettext_lazy as _

from nuserus.people.forms.wording import say

CODE_HINT = _("Les six chiffres de votre application, ou l’un de vos codes de secours.")
KEY_NAME = _("Nom de cette clé")
KEY_NAME_HINT = _("Pour la reconnaître : « mon téléphone », « ordinateur du bureau ».")


class AuthenticateForm(base_forms.AuthenticateForm):
    """The code that comes after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code"), CODE_HINT, inputmode="numeric")


class ReauthenticateForm(base_forms.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["code"], _("Code"), CODE_HINT, inputmode="numeric")


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code of the application, to be sure that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(
            self.fields["code"],
            _("Code affiché par l’application"),
            _("Six chiffres. Ils changent toutes les trente secondes."),
            inputmode="numeric",
        )


class AddPasskeyForm(webauthn_forms.AddWebAuthnForm):
    """A name for the key; the key itself is made by the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["name"], KEY_NAME, KEY_NAME_HINT)
        passwordless = self.fields["passwordless"]
        passwordless.initial = True
        say(
            passwordless,
            _("Entrer avec cette clé, sans mot de passe"),
            _("Décochez pour une clé qui vient seulement après le mot de passe."),
        )


class RenamePasskeyForm(webauthn_forms.EditWebAuthnForm):
    """Another name for a key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self.fields["name"], KEY_NAME, KEY_NAME_HINT)
