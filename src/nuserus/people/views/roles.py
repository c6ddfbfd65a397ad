"""The page of roles, for site administrators. It shows an address, a name and roles, nothing else."""

from __future__ import annotations

from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.audit import record
from nuserus.people.actions.roles import RoleRefused, grant_role, revoke_role
from nuserus.people.enums import Role
from nuserus.people.forms.roles import FindAccountForm, GrantRoleForm, RevokeRoleForm
from nuserus.people.models import Account, RoleGrant
from nuserus.people.queries.accounts import account_with_address, shown_names
from nuserus.people.queries.roles import roles_of

# Enough for an afternoon of welcoming people, too few to try a directory of addresses.
SEARCHES = {"find_account": "60/h/user"}


def _administrator(request: HttpRequest) -> Asking:
    asking = asking_of(request)
    if Role.SITE_ADMIN not in asking.roles:
        raise PermissionDenied(_("Cette page est réservée aux administrateurs du site."))
    return asking


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find_account(request: HttpRequest) -> HttpResponse:
    """Find somebody by their whole address."""
    asking = _administrator(request)
    form = FindAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, app="people", action="find_account", config=SEARCHES):
            form.add_error(None, _("Trop de recherches en une heure. Réessayez plus tard."))
        else:
            found = account_with_address(form.cleaned_data["email"])
            record("find an account", actor=asking.user_id, object_id=found.pk if found else None)
            if found is not None:
                return redirect("people:roles_of", account_id=found.pk)
            form.add_error("email", _("Aucun compte ouvert n’a cette adresse."))
    return render(request, "people/roles_find.html", {"form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def roles_of_account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """The roles of one person: what they hold, by whom and why; give another."""
    asking = _administrator(request)
    account = _open_account(account_id)
    form = GrantRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            grant_role(actor=asking, account=account, role=role, reason=form.cleaned_data["reason"])
        except RoleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rôle donné : %(role)s.") % {"role": role.label})
            return redirect(request.path)
    context = {"account": account, "rows": _rows(account), "form": form}
    return render(request, "people/roles_of.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_one_role(request: HttpRequest, account_id: UUID, grant_id: UUID) -> HttpResponse:
    """Take one role back."""
    asking = _administrator(request)
    account = _open_account(account_id)
    grant = next((held for held in roles_of(account) if held.pk == grant_id), None)
    if grant is None:
        raise Http404
    form = RevokeRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke_role(actor=asking, grant=grant, reason=form.cleaned_data["reason"])
        except RoleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Rôle retiré : %(role)s.") % {"role": str(grant)})
            return redirect("people:roles_of", account_id=account.pk)
    return render(request, "people/role_revoke.html", {"account": account, "grant": grant, "form": form})


def _open_account(account_id: UUID) -> Account:
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise Http404
    return account


def _rows(account: Account) -> list[dict[str, object]]:
    grants: list[RoleGrant] = roles_of(account)
    names = shown_names(grant.granted_by for grant in grants if grant.granted_by)
    return [
        {
            "grant": grant,
            "by": names.get(grant.granted_by) if grant.granted_by else None,
            "revoke": reverse("people:revoke_role", args=[account.pk, grant.pk]),
        }
        for grant in grants
    ]
