"""Signing in: django-allauth, with passwords, passkeys, codes, and one OpenID Connect provider.

allauth counts attempts in the cache `default`, which must therefore be the database cache of the
throttle: its counts then survive a request that is rolled back and are shared by every process.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from nuserus.config.settings.environment import flag, setting

# allauth's own backend alone: a second one would hash every wrong password twice.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mon-espace/"
LOGOUT_REDIRECT_URL = "/"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]

if flag("NUSERUS_BEHIND_PROXY"):
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

ACCOUNT_ADAPTER = "nuserus.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "nuserus.people.forms.welcome.WelcomeForm"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Eight digits: easy on a phone, and at three tries a code, five codes a minute, years to guess.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
# Codes rather than links: they work when the mail is read on another device than the form.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "nuserus : "
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL
_FORMS = "nuserus.people.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.entering.LoginForm",
    "signup": f"{_FORMS}.entering.SignupForm",
    "reauthenticate": f"{_FORMS}.entering.ReauthenticateForm",
    "confirm_email_verification_code": f"{_FORMS}.entering.EmailCodeForm",
    "confirm_password_reset_code": f"{_FORMS}.entering.ResetCodeForm",
    "reset_password": f"{_FORMS}.entering.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.passwords.NewPasswordForm",
    "change_password": f"{_FORMS}.passwords.ChangePasswordForm",
    "set_password": f"{_FORMS}.passwords.SetPasswordForm",
    "add_email": f"{_FORMS}.entering.ChangeAddressForm",
}

MFA_ADAPTER = "nuserus.people.adapters.ProtectionAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "nuserus"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": f"{_FORMS}.protecting.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.protecting.ReauthenticateForm",
    "activate_totp": f"{_FORMS}.protecting.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.protecting.AddPasskeyForm",
    "edit_webauthn": f"{_FORMS}.protecting.RenamePasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "nuserus.people.adapters.OpenIDAccountAdapter"
SOCIALACCOUNT_FORMS = {
    "signup": f"{_FORMS}.entering.OpenIDSignupForm",
    "disconnect": f"{_FORMS}.entering.UnlinkForm",
}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False


def openid_apps(name: str, issuer: str, client_id: str, secret: str) -> list[dict[str, Any]]:
    """allauth's description of the provider; empty without an issuer.

    Raises ImproperlyConfigured for half a description, or an issuer in clear text elsewhere than
    on this machine.
    """
    if not issuer:
        return []
    if not (client_id and secret):
        raise ImproperlyConfigured("NUSERUS_OIDC_ISSUER needs NUSERUS_OIDC_CLIENT_ID and _SECRET")
    parts = urlsplit(issuer)
    here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise ImproperlyConfigured("NUSERUS_OIDC_ISSUER must begin with https://")
    return [
        {
            "provider_id": "openid",
            "name": name or "OpenID Connect",
            "client_id": client_id,
            "secret": secret,
            "settings": {"server_url": issuer.rstrip("/")},
        }
    ]


def form_targets(issuer: str) -> list[str]:
    """Where the browser may be sent after the form « Continuer avec … », for the content policy."""
    parts = urlsplit(issuer)
    return [f"{parts.scheme}://{parts.netloc}"] if issuer else []


_ISSUER = setting("NUSERUS_OIDC_ISSUER")
OIDC_FORM_TARGETS = form_targets(_ISSUER)
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "provider_class": "nuserus.people.openid.provider.SignedOpenIDProvider",
        "APPS": openid_apps(
            setting("NUSERUS_OIDC_NAME"),
            _ISSUER,
            setting("NUSERUS_OIDC_CLIENT_ID"),
            setting("NUSERUS_OIDC_SECRET"),
        ),
    }
}
