"""Sending a sheet to a peer, taking it back, withdrawing it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.missions import revoke_mission
from nuserus.practices.actions.assigning import open_review
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.leaving import leave_the_public
from nuserus.practices.actions.speaking import KIND
from nuserus.practices.enums import Absence, Decision, SheetEventKind, SheetStatus
from nuserus.practices.models import Review, Sheet
from nuserus.practices.queries.completeness import missing_to_send
from nuserus.practices.queries.titles import proposed_title
from nuserus.practices.queries.writers import open_review_of
from nuserus.practices.rules import can_send_sheet, can_withdraw_sheet
from nuserus.voice.actions.ending import end_with_place

SHEET_WITHDRAWN = "practices.sheet_withdrawn"

_SENDABLE = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


@transaction.atomic
def send_sheet(*, actor: Asking, sheet: Sheet, licence_accepted: bool, institution: UUID | None = None) -> Review:
    """Send a draft, or a reworked sheet, to a peer, who has 72 hours.

    `institution` says for which of the actor's places; the sheet's own, or the only one, otherwise.
    Raises PermissionDenied when it is not the actor's to send, ValidationError when something lacks:
    a confirmed membership, the licence, or one of device, public and what was done.
    """
    can_send_sheet.require(actor, sheet)
    sheet = _locked(sheet)
    if sheet.status not in _SENDABLE:
        raise ValidationError(_("Cette fiche est déjà envoyée. Rien n’a changé."))
    _put_institution(actor, sheet, institution)
    if not licence_accepted:
        raise ValidationError(
            _("Pour être partagée, votre fiche doit être sous licence libre. Cochez la case si vous êtes d’accord.")
        )
    if missing := missing_to_send(sheet):
        raise ValidationError([str(lack.words) for lack in missing], code="missing")
    sheet.title = sheet.title or proposed_title(sheet)
    sheet.status = SheetStatus.IN_REVIEW
    sheet.sent_at = timezone.now()
    sheet.licence_accepted_at = sheet.licence_accepted_at or sheet.sent_at
    sheet.save(update_fields=["title", "status", "sent_at", "licence_accepted_at", "institution", "changed_at"])
    log_event(sheet, SheetEventKind.SENT, actor=actor.user_id)
    return open_review(sheet, actor=actor.user_id)


def _locked(sheet: Sheet) -> Sheet:
    return Sheet.objects.select_for_update().get(pk=sheet.pk)


def _put_institution(actor: Asking, sheet: Sheet, institution: UUID | None) -> None:
    if institution is not None:
        sheet.institution_id = institution
    elif sheet.institution_id is None and len(actor.institutions) == 1:
        (sheet.institution_id,) = actor.institutions
    if sheet.institution_id is None or sheet.institution_id not in actor.institutions:
        raise ValidationError(
            _(
                "Pour envoyer une fiche, votre appartenance à un établissement doit être confirmée. "
                "Votre brouillon est gardé : demandez à rejoindre votre établissement, puis revenez l’envoyer."
            ),
            code="membership",
        )


@transaction.atomic
def take_back_sheet(*, actor: Asking, sheet: Sheet) -> None:
    """Take a sheet back from review, to go on writing: it is a draft again, its reviewer is freed.

    Raises PermissionDenied unless the sheet is the actor's, ValidationError when it is not in review.
    """
    can_send_sheet.require(actor, sheet)
    sheet = _locked(sheet)
    if sheet.status != SheetStatus.IN_REVIEW:
        raise ValidationError(_("Cette fiche n’est plus en relecture. Rien n’a changé."))
    _close_review(sheet)
    sheet.status = SheetStatus.DRAFT
    sheet.save(update_fields=["status", "changed_at"])
    log_event(sheet, SheetEventKind.TAKEN_BACK, actor=actor.user_id)


def _close_review(sheet: Sheet) -> None:
    review = open_review_of(sheet)
    if review is None:
        return
    review.decided_at = timezone.now()
    review.decision = Decision.TAKEN_BACK
    review.save(update_fields=["decided_at", "decision"])
    if review.reviewer_id is not None:
        revoke_mission(sheet.pk, review.reviewer_id)


@transaction.atomic
def withdraw_sheet(*, actor: Asking, sheet: Sheet, reason: str = "") -> None:
    """Withdraw one's sheet: nobody but its author reads it any more.

    A published one leaves a place without a word of it, so that trials and adaptations still have
    where to point. A draft that was never published is thrown away. Raises PermissionDenied unless
    the sheet is the actor's, ValidationError when it is withdrawn already.
    """
    if actor.user_id is None:
        raise PermissionDenied
    can_withdraw_sheet.require(actor, sheet)
    sheet = _locked(sheet)
    if sheet.status == SheetStatus.WITHDRAWN:
        raise ValidationError(_("Cette fiche est déjà retirée. Rien n’a changé."))
    _close_review(sheet)
    leave_the_public(sheet, status=SheetStatus.WITHDRAWN, absence=Absence.WITHDRAWN)
    log_event(sheet, SheetEventKind.WITHDRAWN, actor=actor.user_id, reason=reason)
    note_withdrawal(SHEET_WITHDRAWN, object_id=sheet.pk)
    end_with_place(kind=KIND, about=sheet.pk)
    index_sheet(sheet)
