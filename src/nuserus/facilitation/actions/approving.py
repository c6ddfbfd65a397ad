"""Read, changed, approved: then the teller agrees or not, and the sheet may leave."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.consent.actions.record import Asked, Said, record_consent
from nuserus.consent.enums import How, NoticeFormat, Step
from nuserus.consent.models import Consent
from nuserus.consent.queries.notices import current_notice
from nuserus.facilitation.actions.meeting import name_of, user_of
from nuserus.facilitation.actions.notices import tell
from nuserus.facilitation.actions.telling import put_credits
from nuserus.facilitation.models import Approval, Telling
from nuserus.facilitation.queries.cards import cards_to_read, is_approved
from nuserus.facilitation.queries.tellings import SHEET_MATTER, may_leave
from nuserus.facilitation.rules import can_approve_card, can_send_for_teller
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line
from nuserus.practices.actions.assigning import open_review
from nuserus.practices.actions.history import log_event
from nuserus.practices.enums import SheetEventKind, SheetStatus
from nuserus.practices.models import Review, Sheet
from nuserus.practices.queries.completeness import missing_to_send
from nuserus.practices.queries.titles import proposed_title

NOTICE = "publier-une-pratique"
_SENDABLE = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


def approve_card(*, actor: Asking, telling: Telling, question: str, digest: str, witness: str = "") -> None:
    """The teller approves what one card says; `digest` is that of the text they were shown.

    For somebody without an account the facilitator reads it aloud, before a witness. Raises
    PermissionDenied for anybody else, ValidationError when the text has changed since it was shown.
    """
    approval = Approval(
        telling=telling,
        question=question,
        digest=digest,
        witness=plain_line(witness)[:80],
        scope_level=Level.RESTRICTED,
        scope_author=telling.scope_author,
        scope_mission=telling.sheet_id,
    )
    can_approve_card.require(actor, approval)
    if telling.teller_id is None and not approval.witness:
        raise ValidationError(_("Dites qui était là quand vous avez lu la carte : sa fonction, pas son nom."))
    telling = Telling.objects.select_related("sheet").get(pk=telling.pk)
    shown = next((card for card in cards_to_read(telling) if card.question == question), None)
    if shown is None or shown.digest != digest:
        raise ValidationError(_("Cette carte vient de changer. La voici : lisez-la de nouveau."), code="changed")
    known = Approval.objects.filter(telling=telling, question=question).first()
    if known is not None:
        known.digest, known.witness = digest, approval.witness
        known.save(update_fields=["digest", "witness", "at"])
    else:
        approval.save(force_insert=True)
    record("approve card", actor=actor.user_id, object_id=telling.pk, content=question)


def answer_publication(  # noqa: PLR0913
    *,
    actor: Asking,
    telling: Telling,
    agrees: bool,
    form: NoticeFormat = NoticeFormat.WRITTEN,
    how: How = How.ON_SCREEN,
    witness: str = "",
) -> Consent:
    """Record whether the teller agrees to publish, on the text of this format.

    On the teller's own screen; on paper or aloud before a witness for somebody without an account.
    Raises as `record_consent`, and ValidationError when cards wait to be approved.
    """
    if agrees and not is_approved(telling):
        raise ValidationError(_("Lisez et approuvez d’abord chaque carte."))
    if telling.teller_id is None and how == How.ON_SCREEN:
        raise ValidationError(
            {"how": _("Sans compte, l’accord se donne sur papier, ou à voix haute devant un témoin.")}
        )
    if telling.scope_author is None:
        raise PermissionDenied
    asked = Asked(
        subject=telling.subject,
        object_kind=SHEET_MATTER,
        object_id=telling.sheet_id,
        author=telling.scope_author,
        mission=telling.sheet_id,
    )
    said = Said(current_notice(NOTICE, form), how, plain_line(witness))
    return record_consent(actor=actor, step=Step.GIVEN if agrees else Step.REFUSED, asked=asked, said=said)


@transaction.atomic
def send_for_teller(*, actor: Asking, telling: Telling, institution: UUID | None = None) -> Review:
    """Send the sheet of somebody who belongs to no place, for a place of the facilitator's.

    The teller stays its author. Raises PermissionDenied, ValidationError when a card is not approved,
    the teller does not agree, something lacks, or the facilitator has no place to answer for it.
    """
    user = user_of(actor)
    sheet = Sheet.objects.select_for_update().get(pk=telling.sheet_id)
    can_send_for_teller.require(actor, sheet)
    if user not in (telling.facilitator_id, telling.scope_author):
        raise PermissionDenied(_("La personne qui écrit avec l’auteur ou l’autrice envoie pour elle ou lui."))
    if sheet.status not in _SENDABLE:
        raise ValidationError(_("Cette fiche est déjà envoyée. Rien n’a changé."))
    if institution is None and len(actor.institutions) == 1:
        (institution,) = actor.institutions
    if institution is None or institution not in actor.institutions:
        raise ValidationError(
            _("Pour envoyer, il faut un établissement qui en répond : choisissez l’un des vôtres, ou rejoignez-le.")
        )
    telling = Telling.objects.select_related("sheet", "facilitator").get(pk=telling.pk)
    if not may_leave(telling):
        raise ValidationError(_("Chaque carte doit être approuvée, et la personne d’accord. Rien n’est envoyé."))
    if missing := missing_to_send(sheet):
        raise ValidationError([str(lack.words) for lack in missing], code="missing")
    sheet.institution_id = institution
    sheet.title = sheet.title or proposed_title(sheet)
    sheet.status = SheetStatus.IN_REVIEW
    sheet.sent_at = timezone.now()
    # the notice that the teller agreed to says the licence
    sheet.licence_accepted_at = sheet.licence_accepted_at or sheet.sent_at
    put_credits(telling)
    log_event(sheet, SheetEventKind.SENT, actor=user)
    # before the sheet leaves: with it ends the mission of who asks
    review = open_review(sheet, actor=user)
    sheet.save(update_fields=["title", "status", "sent_at", "licence_accepted_at", "institution", "changed_at"])
    if telling.teller_id is not None:
        address = reverse("telling:sheet", args=[sheet.pk])
        tell("sent", [telling.teller_id], address=address, actor=user, name=name_of(user))
    return review
