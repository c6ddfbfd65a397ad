"""What allauth asks the application: words, redirections, secrets kept encrypted."""

from __future__ import annotations

import base64
from io import BytesIO
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.audit import record
from nuserus.people.models import Account


class MailNotSent(Exception):
    """The mail server did not take a message; the request that wanted it changes nothing."""


class AccountAdapter(DefaultAccountAdapter):
    """Our words for what goes wrong, and where one goes afterwards."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Ce compte est fermé."),
        "duplicate_email": _("C’est déjà l’adresse de votre compte."),
        "email_password_mismatch": _(
            "L’adresse et le mot de passe ne vont pas ensemble. Vérifiez-les, puis réessayez."
        ),
        # said after the code that was sent to the address has been given: only its owner reads it
        "email_taken": _("Cette adresse ne peut pas être utilisée."),
        "enter_current_password": _("Ce n’est pas votre mot de passe actuel."),
        "incorrect_code": _("Ce code n’est pas le bon. Vérifiez-le, ou demandez-en un nouveau."),
        "incorrect_password": _("Ce n’est pas le bon mot de passe."),
        "same_as_current": _("C’est déjà la valeur actuelle."),
        "rate_limited": _("C’était trop rapproché. Attendez quelques minutes, puis réessayez."),
        "too_many_login_attempts": _(
            "Trop d’essais de suite. Votre compte est intact. Attendez cinq minutes, puis réessayez."
        ),
        "unverified_primary_email": _("Il faut d’abord confirmer votre adresse."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:  # smtplib's own errors are OSErrors too
            raise MailNotSent(template_prefix) from error

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse:
        account = cast("Account", user)
        response: HttpResponse = super().post_login(request, account, **kwargs)
        speak(response, account.language)
        record("sign in", actor=account.pk, object_id=account.pk)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:account")

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        if context.request.user.is_authenticated:
            return reverse("people:account")
        return reverse("account_login")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        said = {
            "reauthenticate": _("Avec votre mot de passe"),
            "mfa_reauthenticate": _("Avec un code"),
            "mfa_reauthenticate:webauthn": _("Avec une clé d’accès"),
        }
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**method, "description": said[method["id"]]} for method in methods]


def speak(response: HttpResponse, language: str) -> None:
    """Let the browser remember the language of the person."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _cipher() -> Fernet:
    derived = HKDF(SHA256(), 32, salt=None, info=b"nuserus second factors").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


class ProtectionAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted, so that a stolen backup does not open accounts."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Cette protection ne peut pas être retirée."),
        "cannot_generate_recovery_codes": _(
            "Ajoutez d’abord une clé d’accès ou une application : les codes de secours viennent après."
        ),
        "incorrect_code": _("Ce n’est pas le bon code, ou la clé n’est pas connue ici. Vérifiez, puis réessayez."),
        "unverified_email": _("Il faut d’abord confirmer votre adresse."),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        # heavy, and needed once in the life of an account
        import qrcode  # type: ignore[import-untyped]
        from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]

        # on white, or the dark theme would hide it from the telephone
        drawing = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawing)
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - allauth names it so
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        if count == 0:
            return _now("Ma clé d’accès")
        return _now("Clé d’accès n° %(number)d") % {"number": count + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "nuserus"}


class OpenIDAccountAdapter(DefaultSocialAccountAdapter):
    """Accounts that come from the OpenID Connect provider: as little as possible is kept."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "no_password": _("Choisissez d’abord un mot de passe : sans lui, vous ne pourriez plus entrer."),
        "no_verified_email": _("Il faut d’abord confirmer votre adresse."),
        "email_taken": _("Cette adresse ne peut pas être utilisée (%s)."),
    }

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> AbstractBaseUser:
        account = cast("Account", super().populate_user(request, sociallogin, data))
        account.display_name = str(data.get("first_name") or "")[:80]
        return account

    def is_email_verified(self, provider: Any, email: str) -> bool:
        # always asked for with a code: what happens next is then the same for every address
        return False
