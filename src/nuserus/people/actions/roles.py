"""Giving and taking back roles. The application role of the database can't: the system does."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.people import rules
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant


class RoleRefused(Exception):
    """The role can't be given or taken back; the message is for the person who tried."""


def grant_role(
    *, actor: Asking, account: Account, role: Role, reason: str, institution: UUID | None = None
) -> RoleGrant:
    """Give a role, everywhere or in one institution; given twice it is the same grant.

    Raises PermissionDenied unless the actor is a site administrator, RoleRefused for oneself.
    """
    grant = _grant(account, role, reason, institution, actor.user_id)
    if not rules.can_grant_role.allows(actor, grant):
        raise PermissionDenied(_("Seuls les administrateurs du site donnent des rôles."))
    if actor.user_id == account.pk:
        raise RoleRefused(_("On ne se donne pas un rôle à soi-même."))
    with as_system("grant a role"):
        return _keep(grant, actor.user_id)


def install_role(*, account: Account, role: Role, reason: str) -> RoleGrant:
    """Give a role from the command line, where whoever acts already holds the whole machine."""
    with as_system("grant a role from the command line"):
        return _keep(_grant(account, role, reason, None, None), None)


def _grant(account: Account, role: Role, reason: str, institution: UUID | None, by: UUID | None) -> RoleGrant:
    return RoleGrant(
        account_id=account.pk,
        role=role,
        reason=reason.strip()[:200],
        granted_by=by,
        scope_level=Level.RESTRICTED,
        scope_author=account.pk,
        scope_institution=institution,
    )


def _keep(grant: RoleGrant, actor: UUID | None) -> RoleGrant:
    held = RoleGrant.objects.filter(
        account_id=grant.account_id, role=grant.role, scope_institution=grant.scope_institution
    ).first()
    if held is not None:
        return held
    grant.save()
    record(f"grant role {grant.role}", actor=actor, object_id=grant.account_id, content=grant.reason)
    return grant


def revoke_role(*, actor: Asking, grant: RoleGrant, reason: str) -> None:
    """Take a role back.

    Raises PermissionDenied unless the actor is a site administrator, RoleRefused when nobody would
    be left to administer the site.
    """
    if not rules.can_revoke_role.allows(actor, grant):
        raise PermissionDenied(_("Seuls les administrateurs du site retirent des rôles."))
    with as_system("revoke a role"):
        if grant.role == Role.SITE_ADMIN and not _other_administrators(grant):
            raise RoleRefused(
                _("C’est la dernière personne qui administre le site. Donnez d’abord ce rôle à une autre.")
            )
        RoleGrant.objects.filter(pk=grant.pk).delete()
        record(
            f"revoke role {grant.role}",
            actor=actor.user_id,
            object_id=grant.account_id,
            content=reason,
        )


def _other_administrators(grant: RoleGrant) -> bool:
    others = RoleGrant.objects.filter(role=Role.SITE_ADMIN, account__is_active=True)
    # locked, so that two administrators who leave at once do not both count the other
    return bool(others.exclude(account_id=grant.account_id).select_for_update(of=("self",)))


def revoke_all_roles(*, account: Account, reason: str) -> None:
    """Take every role of somebody who leaves. Raises RoleRefused for the last administrator."""
    with as_system("revoke the roles of a closed account"):
        grants = list(RoleGrant.objects.filter(account_id=account.pk))
        for grant in grants:
            if grant.role == Role.SITE_ADMIN and not _other_administrators(grant):
                raise RoleRefused(
                    _("Vous êtes la dernière personne qui administre le site. Donnez d’abord ce rôle à une autre.")
                )
        RoleGrant.objects.filter(account_id=account.pk).delete()
        for grant in grants:
            record(f"revoke role {grant.role}", actor=account.pk, object_id=account.pk, content=reason)
