"""Asking to be a member of an institution, and taking it back."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.directory.enums import MAX_A_DAY, MAX_OPEN, MAX_PENDING, MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.directory.models.memberships import OPEN
from nuserus.directory.queries.claims import is_last_referent
from nuserus.directory.queries.notices import ASKED, WITHOUT_REFERENT, moderators, referents_of
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.notifications.actions import notify
from nuserus.people.models import Account, Trade


def ask_membership(
    *, actor: Asking, institution: Institution, trade: Trade | None = None, message: str = ""
) -> Membership:
    """Ask to be a member. The referents of the place answer, or a moderator where it has none.

    Raises ValidationError when the person already asked or is a member, has too many places or
    requests, or when the place is closed; PermissionDenied to a visitor.
    """
    wait_for_own_turn(actor)
    _refuse_twice(actor, institution)
    membership = new_request(actor, institution, trade=trade, message=message)
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


def leave_institution(*, actor: Asking, membership: Membership, knows_what_follows: bool = False) -> None:
    """End one's own membership, or take back one's request.

    Raises ValidationError when it is over, or when the last referent did not say that they know
    what follows for the place.
    """
    if membership.account_id != actor.user_id:
        raise PermissionDenied(_("Cette appartenance n’est pas la vôtre."))
    if membership.status not in OPEN:
        raise ValidationError(_("C’est déjà terminé. Rien n’a changé."))
    last = is_last_referent(membership)
    if last and not knows_what_follows:
        raise ValidationError(
            _("Vous êtes la seule personne référente de ce lieu. Rien n’a changé : lisez ce qui suivra, puis cochez.")
        )
    membership.status = MembershipStatus.ENDED
    membership.is_referent = False
    membership.claimed_at = None
    membership.decided_at = timezone.now()
    membership.decided_by_id = actor.user_id
    membership.save(update_fields=["status", "is_referent", "claimed_at", "decided_at", "decided_by"])
    record("leave institution", actor=actor.user_id, object_id=membership.pk)
    if last:
        tell_moderators(membership, actor)


def wait_for_own_turn(actor: Asking) -> None:
    """One request at a time per person, so that the limits hold when two arrive together."""
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour demander à rejoindre un établissement."))
    Account.objects.select_for_update().get(pk=actor.user_id)


def new_request(actor: Asking, institution: Institution, *, trade: Trade | None, message: str) -> Membership:
    """A request that is not written yet. Raises ValidationError when the place or a limit is against it."""
    if institution.is_closed:
        raise ValidationError(
            _("Ce lieu est fermé : il ne prend plus de nouveaux membres. Ce qui y a été raconté reste.")
        )
    if actor.user_id is None:
        raise PermissionDenied
    _refuse_too_many(actor)
    return Membership(account_id=actor.user_id, institution=institution, trade=trade, message=message)


def tell_moderators(membership: Membership, actor: Asking) -> None:
    """Tell that the place has no referent any more."""
    notify(
        kind=WITHOUT_REFERENT,
        recipients=moderators(),
        about=membership.pk,
        address=reverse("directory:members", args=[membership.institution_id]),
        details={"place": str(membership.institution)},
        actor=actor.user_id,
    )


def _refuse_twice(actor: Asking, institution: Institution) -> None:
    known = Membership.objects.filter(account=actor.user_id, institution=institution, status__in=OPEN).first()
    if known is None:
        return
    if known.status == MembershipStatus.CONFIRMED:
        raise ValidationError(_("Vous êtes déjà membre de cet établissement."))
    raise ValidationError(_("Vous l’avez déjà demandé. Votre demande attend une réponse."))


def _refuse_too_many(actor: Asking) -> None:
    mine = Membership.objects.filter(account=actor.user_id)
    if mine.filter(asked_at__gt=timezone.now() - timedelta(days=1)).count() >= MAX_A_DAY:
        raise ValidationError(_("Vous avez beaucoup demandé aujourd’hui. Vos demandes restent : revenez demain."))
    if mine.filter(status=MembershipStatus.PENDING).count() >= MAX_PENDING:
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
    if mine.filter(status__in=OPEN).count() >= MAX_OPEN:
        raise ValidationError(
            _("Vous avez déjà %(count)d lieux : c’est le plus qu’une personne puisse avoir. Quittez d’abord un lieu.")
            % {"count": MAX_OPEN}
        )
