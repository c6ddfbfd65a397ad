"""Addresses below /compte/: ours, and those of allauth that are used, in French.

allauth's own list is not included: a page that nobody needs has no address. The names are
allauth's, since it looks for them.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as protection
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as linked
from allauth.usersessions import views as sessions
from django.urls import include, path

from nuserus.people.views import account as own
from nuserus.people.views import openid, roles

ours = [
    path("", own.show_account, name="account"),
    path("profil/", own.edit_profile, name="profile"),
    path("fermer/", own.close_own_account, name="close"),
    path("roles/", roles.find_account, name="roles"),
    path("roles/<uuid:account_id>/", roles.roles_of_account, name="roles_of"),
    path(
        "roles/<uuid:account_id>/<uuid:grant_id>/retirer/",
        roles.revoke_one_role,
        name="revoke_role",
    ),
]

entering = [
    path("connexion/", account.login, name="account_login"),
    path("deconnexion/", account.logout, name="account_logout"),
    path("inscription/", account.signup, name="account_signup"),
    path("ferme/", account.account_inactive, name="account_inactive"),
    path("confirmer/", account.reauthenticate, name="account_reauthenticate"),
    path("adresse/", account.email, name="account_email"),
    path("adresse/code/", account.email_verification_sent, name="account_email_verification_sent"),
    path("mot-de-passe/", account.password_change, name="account_change_password"),
    path("mot-de-passe/choisir/", account.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", account.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/code/",
        account.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "mot-de-passe/oublie/nouveau/",
        account.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "mot-de-passe/oublie/fait/",
        account.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("sessions/", sessions.list_usersessions, name="usersessions_list"),
]

protecting = [
    path("protection/", protection.index, name="mfa_index"),
    path("protection/code/", protection.authenticate, name="mfa_authenticate"),
    path("protection/confirmer/", protection.reauthenticate, name="mfa_reauthenticate"),
    path("protection/application/", application.activate_totp, name="mfa_activate_totp"),
    path(
        "protection/application/retirer/",
        application.deactivate_totp,
        name="mfa_deactivate_totp",
    ),
    path("protection/secours/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "protection/secours/nouveaux/",
        recovery.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "protection/secours/fichier/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("cles/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("cles/connexion/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("cles/confirmer/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("cles/<int:pk>/nommer/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]

linking = [
    path("lien/", linked.connections, name="socialaccount_connections"),
    path("lien/inscription/", linked.signup, name="socialaccount_signup"),
    path("lien/annule/", linked.login_cancelled, name="socialaccount_login_cancelled"),
    path("lien/<slug:provider_id>/", openid.leave_for_provider, name="openid_connect_login"),
    path(
        "lien/<slug:provider_id>/retour/",
        openid.return_from_provider,
        name="openid_connect_callback",
    ),
]

urlpatterns = [path("", include((ours, "people"))), *entering, *protecting, *linking]
