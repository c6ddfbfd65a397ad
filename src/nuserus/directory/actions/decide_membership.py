"""Answering requests and naming referents. The database checks again who decides about whom."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.directory.enums import CheckedBy, MembershipStatus
from nuserus.directory.models import Membership
from nuserus.directory.queries.notices import CLAIM_REFUSED, CONFIRMED, REFERENT, REFUSED
from nuserus.directory.rules import can_decide_membership
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.notifications.actions import notify

MIN_HOW_CHECKED = 10
_DECIDED = [
    "status", "is_referent", "decided_at", "decided_by", "claimed_at", "claim_refused_at", "checked_by", "how_checked",
]  # fmt: skip


def confirm_membership(*, actor: Asking, membership: Membership) -> None:
    """Say that the person does work there, and no more where they asked to be its referent.

    Raises ValidationError when it was answered already.
    """
    claimed = membership.claimed_at is not None
    _let_go_of_claim(membership)
    _decide(actor, membership, MembershipStatus.PENDING, MembershipStatus.CONFIRMED)
    record("confirm membership", actor=actor.user_id, object_id=membership.pk)
    _tell(CLAIM_REFUSED if claimed else CONFIRMED, membership, actor)


def refuse_membership(*, actor: Asking, membership: Membership) -> None:
    """Say that the person does not work there. Raises ValidationError when it was answered already."""
    membership.claimed_at = None
    _decide(actor, membership, MembershipStatus.PENDING, MembershipStatus.REFUSED)
    record("refuse membership", actor=actor.user_id, object_id=membership.pk)
    _tell(REFUSED, membership, actor)


def end_membership(*, actor: Asking, membership: Membership) -> None:
    """Say that the person no longer works there. Raises ValidationError when they are no member."""
    membership.is_referent = False
    membership.claimed_at = None
    _decide(actor, membership, MembershipStatus.CONFIRMED, MembershipStatus.ENDED)
    record("end membership", actor=actor.user_id, object_id=membership.pk)


def name_referent(*, actor: Asking, membership: Membership, how_checked: str = "") -> None:
    """Name as referent a member, or a person who asks to be the referent of a place.

    A moderator who is not a referent of the place says how they made sure of it. Raises
    ValidationError when they did not, or when the person neither is a member nor asked for it.
    """
    can_decide_membership.require(actor, membership)
    of_the_place = membership.institution_id in actor.managed
    how_checked = how_checked.strip()
    if not of_the_place and len(how_checked) < MIN_HOW_CHECKED:
        raise ValidationError(
            {"how_checked": _("Dites comment vous avez vérifié, en quelques mots : par exemple qui vous a répondu.")}
        )
    asked = membership.status == MembershipStatus.PENDING and membership.claimed_at is not None
    membership.is_referent = True
    membership.claimed_at = None
    membership.checked_by = CheckedBy.REFERENT if of_the_place else CheckedBy.MODERATOR
    membership.how_checked = how_checked
    before = MembershipStatus.PENDING if asked else MembershipStatus.CONFIRMED
    _decide(actor, membership, before, MembershipStatus.CONFIRMED)
    record("name referent", actor=actor.user_id, object_id=membership.pk, content=how_checked)
    _tell(REFERENT, membership, actor)


def refuse_claim(*, actor: Asking, membership: Membership) -> None:
    """Say that a member who asked to be the referent stays a plain member.

    Raises ValidationError when they are no member or did not ask.
    """
    if membership.claimed_at is None:
        raise ValidationError(_("Cette demande a déjà reçu une réponse. Rien n’a changé : relisez la liste."))
    _let_go_of_claim(membership)
    _decide(actor, membership, MembershipStatus.CONFIRMED, MembershipStatus.CONFIRMED)
    record("refuse claim", actor=actor.user_id, object_id=membership.pk)
    _tell(CLAIM_REFUSED, membership, actor)


def release_referent(*, actor: Asking, membership: Membership) -> None:
    """Let a referent be a plain member again. Raises ValidationError when they are no member."""
    membership.is_referent = False
    _decide(actor, membership, MembershipStatus.CONFIRMED, MembershipStatus.CONFIRMED)
    record("release referent", actor=actor.user_id, object_id=membership.pk)


def _let_go_of_claim(membership: Membership) -> None:
    if membership.claimed_at is not None:
        membership.claimed_at, membership.claim_refused_at = None, timezone.now()


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
    membership.save(update_fields=_DECIDED)
