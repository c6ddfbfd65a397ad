"""Asking to be a member of an institution, and taking it back."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.directory.models.memberships import OPEN
from nuserus.directory.queries.notices import ASKED, referents_of
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.notifications.actions import notify
from nuserus.people.models import Account, Trade

MAX_PENDING = 5
# Each request writes to the referents of a place, even when it is taken back at once.
MAX_A_DAY = 10


def ask_membership(
    *, actor: Asking, institution: Institution, trade: Trade | None = None, message: str = ""
) -> Membership:
    """Ask to be a member. The referents of the place answer, or a moderator where it has none.

    Raises ValidationError when the person already asked or is a member, or has too many requests
    waiting; PermissionDenied to a visitor.
    """
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour demander à rejoindre un établissement."))
    # One request at a time per person, so that the limit holds when two arrive together.
    Account.objects.select_for_update().get(pk=actor.user_id)
    _refuse_twice(actor, institution)
    _refuse_too_many(actor)
    membership = Membership(account_id=actor.user_id, institution=institution, trade=trade, message=message)
    membership.save(force_insert=True)
    record("ask membership", actor=actor.user_id, object_id=membership.pk)
    notify(
        kind=ASKED,
        recipients=referents_of(institution.pk),
        about=membership.pk,
        address=reverse("directory:requests"),
        details={"place": str(institution)},
        actor=actor.user_id,
    )
    return membership


def leave_institution(*, actor: Asking, membership: Membership) -> None:
    """End one's own membership, or take back one's request. Raises ValidationError when it is over."""
    if membership.account_id != actor.user_id:
        raise PermissionDenied(_("Cette appartenance n’est pas la vôtre."))
    if membership.status not in OPEN:
        raise ValidationError(_("C’est déjà terminé. Rien n’a changé."))
    membership.status = MembershipStatus.ENDED
    membership.is_referent = False
    membership.decided_at = timezone.now()
    membership.decided_by_id = actor.user_id
    membership.save(force_update=True)
    record("leave institution", actor=actor.user_id, object_id=membership.pk)


def _refuse_twice(actor: Asking, institution: Institution) -> None:
    known = Membership.objects.filter(account=actor.user_id, institution=institution, status__in=OPEN).first()
    if known is None:
        return
    if known.status == MembershipStatus.CONFIRMED:
        raise ValidationError(_("Vous êtes déjà membre de cet établissement."))
    raise ValidationError(_("Vous l’avez déjà demandé. Votre demande attend une réponse."))


def _refuse_too_many(actor: Asking) -> None:
    day = timezone.now() - timedelta(days=1)
    if Membership.objects.filter(account=actor.user_id, asked_at__gt=day).count() >= MAX_A_DAY:
        raise ValidationError(_("Vous avez beaucoup demandé aujourd’hui. Vos demandes restent : revenez demain."))
    waiting = Membership.objects.filter(account=actor.user_id, status=MembershipStatus.PENDING)
    if waiting.count() >= MAX_PENDING:
        raise ValidationError(
            ngettext(
                "Vous avez déjà %(count)d demande en attente. Attendez une réponse, "
                "ou retirez une demande dans votre espace.",
                "Vous avez déjà %(count)d demandes en attente. Attendez une réponse, "
                "ou retirez une demande dans votre espace.",
                MAX_PENDING,
            )
            % {"count": MAX_PENDING}
        )
