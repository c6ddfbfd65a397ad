"""What a peer does with a sheet: take it, pass it on, remark, decide."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.missions import revoke_mission
from nuserus.foundation.models.base import new_id
from nuserus.foundation.plain import plain_text
from nuserus.foundation.policy import Rule
from nuserus.people.models import Account
from nuserus.practices.actions.assigning import assign
from nuserus.practices.actions.contributors import credit_reviewer
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.leaving import leave_the_public
from nuserus.practices.actions.publish import apply_pending, make_public, next_version
from nuserus.practices.actions.telling_people import tell_returned
from nuserus.practices.actions.versions import close_unread_versions
from nuserus.practices.enums import REVIEW_REASONS, Absence, Decision, SheetEventKind, SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS
from nuserus.practices.models import Card, CardComment, Review, Sheet
from nuserus.practices.queries.drafts import pending_answers
from nuserus.practices.rules import can_decide_review, can_pass_on_review, can_write_comment

COMMENT_LIMIT = 2000
MESSAGE_LIMIT = 4000
MAX_COMMENTS = 40


def take_review(*, actor: Asking, review_id: UUID) -> UUID | None:
    """Take a review that nobody has. Returns the id of its sheet; None when it is not to be taken.

    What the actor stands on was said at the opening of the transaction: the sheet opens with the next.
    """
    if "reviewer" not in actor.roles:
        raise PermissionDenied(_("Les fiches sont relues par les relecteurs et relectrices."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_take_review(%s, %s)", [review_id, new_id()])
        (sheet_id,) = cursor.fetchone()
    if sheet_id is None:
        return None
    sheet = Sheet.objects.get(pk=sheet_id)
    log_event(sheet, SheetEventKind.ASSIGNED, actor=actor.user_id)
    return sheet.pk


@transaction.atomic
def pass_on_review(*, actor: Asking, review: Review, reason: str = "") -> None:
    """Let another peer read it; without another it waits for one. The promise keeps its hour.

    Raises PermissionDenied unless the review is the actor's, ValidationError when it is decided.
    """
    review = _own_open(actor, review, can_pass_on_review)
    assign(review, actor=actor.user_id, not_to=actor.user_id)
    log_event(review.sheet, SheetEventKind.PASSED_ON, actor=actor.user_id, reason=plain_text(reason)[:500])
    revoke_mission(review.sheet_id, _user(actor))


def comment_card(
    *, actor: Asking, review: Review, text: str, card: Card | None = None, question: str = ""
) -> CardComment:
    """Say something about one card or one question, for the author to read beside it.

    Raises PermissionDenied unless the review is the actor's, ValidationError for an empty or too
    long remark, or one about nothing.
    """
    review = _own_open(actor, review, can_write_comment)
    text = plain_text(text)
    if not text or len(text) > COMMENT_LIMIT:
        raise ValidationError(_("Une remarque fait de 1 à 2 000 caractères. Votre texte est gardé dans la page."))
    if card is not None and card.sheet_id != review.sheet_id:
        raise ValidationError(_("Cette carte n’est pas de cette fiche."))
    if card is None and question not in ALL_QUESTIONS:
        raise ValidationError(_("Dites de quelle question vous parlez."))
    if review.comments.count() >= MAX_COMMENTS:
        raise ValidationError(_("Il y a déjà 40 remarques. Regroupez les dernières dans le mot d’accompagnement."))
    comment = CardComment(review=review, card=card, question=question or "did", text=text)
    comment.save(force_insert=True)
    record("comment card", actor=actor.user_id, object_id=comment.pk, content=text)
    return comment


def remove_comment(*, actor: Asking, review: Review, comment_id: UUID) -> None:
    """Take back a remark before deciding."""
    review = _own_open(actor, review, can_write_comment)
    review.comments.filter(pk=comment_id).delete()


@transaction.atomic
def return_sheet(*, actor: Asking, review: Review, reasons: list[str], message: str = "") -> None:
    """Give the sheet back to rework, with at least one reason or a message of one's own.

    A published sheet leaves the public until it is reworked. Raises ValidationError without a reason
    or for an unknown one, PermissionDenied unless the review is the actor's.
    """
    review = _own_open(actor, review, can_decide_review)
    message = plain_text(message)
    if not reasons and not message:
        raise ValidationError(_("Dites à l’auteur ou l’autrice pourquoi : choisissez une raison ou écrivez un mot."))
    if len(message) > MESSAGE_LIMIT or any(slug not in REVIEW_REASONS for slug in reasons):
        raise ValidationError(_("Cette raison n’existe pas, ou le mot est trop long. Rien n’a été envoyé."))
    sheet = Sheet.objects.select_for_update().get(pk=review.sheet_id)
    if sheet.status == SheetStatus.PUBLISHED:
        close_unread_versions(sheet)
    _decide(review, Decision.REWORK, reasons=list(dict.fromkeys(reasons)), message=message)
    leave_the_public(sheet, status=SheetStatus.TO_REWORK, absence=Absence.REWORKED)
    said = "\n".join([REVIEW_REASONS[slug].french for slug in review.reasons] + ([message] if message else []))
    log_event(sheet, SheetEventKind.RETURNED, actor=actor.user_id, reason=said)
    tell_returned(sheet, actor=actor.user_id)
    index_sheet(sheet)
    revoke_mission(sheet.pk, _user(actor))


@transaction.atomic
def publish_sheet(*, actor: Asking, review: Review, message: str = "") -> None:
    """Publish what the actor reviewed; for a sheet already published, confirm it.

    Raises ValidationError with what lacks, PermissionDenied unless the review is the actor's.
    """
    review = _own_open(actor, review, can_decide_review)
    sheet = Sheet.objects.select_for_update().get(pk=review.sheet_id)
    credit_reviewer(sheet, Account.objects.get(pk=_user(actor)))
    if sheet.status == SheetStatus.PUBLISHED:
        _publish_completed(sheet, actor)
        log_event(sheet, SheetEventKind.CONFIRMED, actor=actor.user_id)
    else:
        make_public(sheet, actor=actor)
    _decide(review, Decision.PUBLISH, message=plain_text(message)[:MESSAGE_LIMIT])
    revoke_mission(sheet.pk, _user(actor))


def _publish_completed(sheet: Sheet, actor: Asking) -> None:
    """What the peer filled in on a published sheet is published with their word, as a version."""
    mine = [answer for answer in pending_answers(sheet) if answer.changed_by_id == actor.user_id]
    apply_pending(sheet, mine)
    if mine:
        next_version(sheet, actor=actor, what=_("complétée à la relecture"))
        index_sheet(sheet)


def _decide(review: Review, decision: Decision, *, reasons: list[str] | None = None, message: str = "") -> None:
    review.decision = decision
    review.decided_at = timezone.now()
    review.reasons = reasons or []
    review.message = message
    review.save(update_fields=["decision", "decided_at", "reasons", "message"])


def _own_open(actor: Asking, review: Review, rule: Rule) -> Review:
    """The review, locked, if it is the actor's and open."""
    rule.require(actor, review)
    locked = Review.objects.select_for_update(of=("self",)).select_related("sheet").get(pk=review.pk)
    if locked.reviewer_id != actor.user_id:
        raise PermissionDenied(_("Cette relecture n’est pas la vôtre."))
    if locked.decided_at is not None:
        raise ValidationError(_("Cette relecture est déjà terminée. Rien n’a changé."))
    return locked


def _user(actor: Asking) -> UUID:
    if actor.user_id is None:
        raise PermissionDenied
    return actor.user_id
