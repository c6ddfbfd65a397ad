"""Answering requests and naming referents. The database checks again who decides about whom."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Membership
from nuserus.directory.queries.notices import CONFIRMED, REFUSED
from nuserus.directory.rules import can_decide_membership
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.notifications.actions import notify


def confirm_membership(*, actor: Asking, membership: Membership) -> None:
    """Say that the person does work there. Raises ValidationError when it was answered already."""
    _decide(actor, membership, MembershipStatus.PENDING, MembershipStatus.CONFIRMED)
    record("confirm membership", actor=actor.user_id, object_id=membership.pk)
    _tell(CONFIRMED, membership, actor)


def refuse_membership(*, actor: Asking, membership: Membership) -> None:
    """Say that the person does not work there. Raises ValidationError when it was answered already."""
    _decide(actor, membership, MembershipStatus.PENDING, MembershipStatus.REFUSED)
    record("refuse membership", actor=actor.user_id, object_id=membership.pk)
    _tell(REFUSED, membership, actor)


def end_membership(*, actor: Asking, membership: Membership) -> None:
    """Say that the person no longer works there. Raises ValidationError when they are no member."""
    membership.is_referent = False
    _decide(actor, membership, MembershipStatus.CONFIRMED, MembershipStatus.ENDED)
    record("end membership", actor=actor.user_id, object_id=membership.pk)


def name_referent(*, actor: Asking, membership: Membership) -> None:
    """Name a confirmed member as referent. Raises ValidationError when they are no member."""
    membership.is_referent = True
    _decide(actor, membership, MembershipStatus.CONFIRMED, MembershipStatus.CONFIRMED)
    record("name referent", actor=actor.user_id, object_id=membership.pk)


def release_referent(*, actor: Asking, membership: Membership) -> None:
    """Let a referent be a plain member again. Raises ValidationError when they are no member."""
    membership.is_referent = False
    _decide(actor, membership, MembershipStatus.CONFIRMED, MembershipStatus.CONFIRMED)
    record("release referent", actor=actor.user_id, object_id=membership.pk)


def _tell(kind: str, membership: Membership, actor: Asking) -> None:
    notify(
        kind=kind,
        recipients=[membership.account_id],
        about=membership.pk,
        address=reverse("directory:institution", args=[membership.institution_id]),
        details={"place": str(membership.institution)},
        actor=actor.user_id,
    )


def _decide(actor: Asking, membership: Membership, before: MembershipStatus, after: MembershipStatus) -> None:
    can_decide_membership.require(actor, membership)
    if membership.account_id == actor.user_id:
        raise PermissionDenied(_("Une autre personne doit décider pour vous."))
    if membership.status != before:
        raise ValidationError(_("Cette demande a déjà reçu une réponse. Rien n’a changé : relisez la liste."))
    membership.status = after
    membership.decided_at = timezone.now()
    membership.decided_by_id = actor.user_id
    membership.save(force_update=True)
