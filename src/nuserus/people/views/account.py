"""« Mon compte » and closing it."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.logout import logout
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.people.actions.closing import close_account
from nuserus.people.actions.roles import RoleRefused
from nuserus.people.adapters import speak
from nuserus.people.enums import NameAfterClosing
from nuserus.people.forms.account import CloseForm, ProfileForm
from nuserus.people.models import Account
from nuserus.people.queries.provider import openid_provider
from nuserus.people.queries.roles import own_roles
from nuserus.people.queries.sessions import WaysIn, ways_into

Row = dict[str, Any]


def account_of(request: HttpRequest) -> Account:
    """The account of the signed-in person."""
    return cast("Account", request.user)


@require_safe
def show_account(request: HttpRequest) -> HttpResponse:
    """Everything about one's account, each line with its way to change it."""
    account = account_of(request)
    ways = ways_into(account)
    context = {
        "about": _about(account),
        "entering": _entering(ways),
        "roles": own_roles(asking_of(request)),
    }
    return render(request, "people/account.html", context)


def _about(account: Account) -> list[Row]:
    profile = reverse("people:profile")
    languages = dict(settings.LANGUAGES)
    return [
        {"key": _("Nom affiché"), "value": account.display_name, "url": profile},
        {"key": _("Métier"), "value": account.trade or "", "url": profile},
        {"key": _("Langue"), "value": languages[account.language], "url": profile},
        {
            "key": _("Adresse e-mail"),
            "value": account.email,
            "url": reverse("account_email"),
            "action": _("Changer"),
        },
    ]


def _entering(ways: WaysIn) -> list[Row]:
    rows: list[Row] = [
        {
            "key": _("Mot de passe"),
            "value": _("choisi") if ways.password else _("aucun"),
            "url": reverse("account_change_password" if ways.password else "account_set_password"),
            "action": _("Changer") if ways.password else _("Choisir"),
        },
        {
            "key": _("Clés d’accès"),
            "value": _count_of_keys(ways.passkeys),
            "url": reverse("mfa_list_webauthn"),
            "action": _("Gérer"),
        },
        {
            "key": _("Code d’une application"),
            "value": _("en place") if ways.application else _("pas en place"),
            "url": reverse("mfa_index"),
            "action": _("Gérer"),
        },
        {
            "key": _("Appareils connectés"),
            "value": str(ways.sessions),
            "url": reverse("usersessions_list"),
            "action": _("Voir"),
        },
    ]
    if provider := openid_provider():
        rows.append(
            {
                "key": provider["name"],
                "value": _("relié à ce compte") if ways.linked else _("pas relié"),
                "url": reverse("socialaccount_connections"),
                "action": _("Gérer"),
            }
        )
    return rows


def _count_of_keys(number: int) -> str:
    if not number:
        return _("aucune")
    return ngettext("%(number)d clé", "%(number)d clés", number) % {"number": number}


@require_http_methods(["GET", "HEAD", "POST"])
def edit_profile(request: HttpRequest) -> HttpResponse:
    """Name, trade, language."""
    account = Account.objects.get(pk=account_of(request).pk)
    form = ProfileForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(account.language):
            messages.success(request, _("Votre compte est à jour."))
        response = redirect("people:account")
        speak(response, account.language)
        return response
    return render(request, "people/profile.html", {"form": form})


@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def close_own_account(request: HttpRequest) -> HttpResponse:
    """Closing, after the password or a key has been asked once more."""
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = Account.objects.get(pk=account_of(request).pk)
        try:
            name_after = NameAfterClosing(form.cleaned_data["name_after"])
            close_account(account=account, name_after=name_after)
        except RoleRefused as refused:
            form.add_error(None, str(refused))
        else:
            logout(request)
            messages.success(request, _("Votre compte est fermé. Merci pour ce que vous avez partagé."))
            return redirect("account_login")
    return render(request, "people/close.html", {"form": form})
