"""Commenting on a sheet."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.community.actions.words import COMMENTS_A_DAY, refuse_too_many, said_text, who
from nuserus.community.models import Comment, CommentEdit
from nuserus.community.queries.discussion import EDITABLE_FOR
from nuserus.community.rules import can_add_comment, can_change_comment, can_delete_comment
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.levels import Level
from nuserus.notifications.actions import notify
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.rules import can_read_sheet

COMMENT_REMOVED = "community.comment_removed"

LONGEST = 2000


@transaction.atomic
def add_comment(*, actor: Asking, sheet: Sheet, text: str, parent: Comment | None = None) -> Comment:
    """Say something about a published sheet, or answer a comment. Tells who wrote what it answers.

    An answer to an answer goes below the same comment. Raises Unreadable, PermissionDenied for who is
    not verified, ValidationError.
    """
    author = who(actor)
    can_read_sheet.require(actor, sheet)
    comment = Comment(sheet=sheet, author_id=author, scope_level=Level.PUBLIC, scope_author=author)
    if sheet.status != SheetStatus.PUBLISHED or not can_add_comment.allows(actor, comment):
        raise PermissionDenied(_("Les professionnels vérifiés commentent les fiches publiées."))
    refuse_too_many(Comment.objects.filter(author=author), since="written_at", most=COMMENTS_A_DAY)
    if parent is not None:
        if parent.sheet_id != sheet.pk or parent.removed_at is not None or parent.hidden_at is not None:
            raise ValidationError(_("Ce commentaire n’est plus là. Votre texte est gardé : envoyez-le seul."))
        comment.parent_id = parent.parent_id or parent.pk
    comment.text = said_text(text, LONGEST)
    comment.save(force_insert=True)
    record("comment sheet", actor=author, object_id=comment.pk, content=comment.text)
    address = f"{reverse('discussion:sheet', args=[sheet.pk])}#commentaire-{comment.pk}"
    details = {"sheet": sheet.title}
    answered = {parent.author_id} if parent is not None else set()
    if answered:
        notify(
            kind="community.reply",
            recipients=answered,
            about=sheet.pk,
            address=address,
            details=details,
            actor=author,
        )
    notify(
        kind="community.comment",
        recipients={sheet.author_id} - answered,
        about=sheet.pk,
        address=address,
        details=details,
        actor=author,
    )
    return comment


@transaction.atomic
def edit_comment(*, actor: Asking, comment: Comment, text: str) -> None:
    """Change one's own comment in its first fifteen minutes; what it said is kept for its author.

    Raises PermissionDenied, ValidationError.
    """
    can_change_comment.require(actor, comment)
    _refuse_closed(comment)
    if timezone.now() - comment.written_at >= EDITABLE_FOR:
        raise ValidationError(
            _("On change un commentaire dans les quinze minutes. Votre texte est gardé ici : ajoutez-le en réponse.")
        )
    said = said_text(text, LONGEST)
    if said == comment.text:
        return
    CommentEdit.objects.create(
        comment=comment, text=comment.text, scope_level=Level.RESTRICTED, scope_author=comment.author_id
    )
    comment.text, comment.edited_at = said, timezone.now()
    comment.save(update_fields=["text", "edited_at"])
    record("edit comment", actor=actor.user_id, object_id=comment.pk, content=said)


@transaction.atomic
def remove_comment(*, actor: Asking, comment: Comment) -> None:
    """Take back one's own comment: its words are gone, with those it had before; its place stays.

    Raises PermissionDenied, ValidationError while a moderator holds it.
    """
    can_delete_comment.require(actor, comment)
    _refuse_closed(comment)
    CommentEdit.objects.filter(comment=comment).delete()
    comment.text, comment.removed_at = "", timezone.now()
    comment.save(update_fields=["text", "removed_at"])
    record("remove comment", actor=actor.user_id, object_id=comment.pk)
    note_withdrawal(COMMENT_REMOVED, object_id=comment.pk)


def _refuse_closed(comment: Comment) -> None:
    if comment.removed_at is not None:
        raise ValidationError(_("Ce commentaire est déjà retiré. Rien n’a changé."))
    if comment.hidden_at is not None:
        raise ValidationError(_("Ce commentaire est chez les modérateurs : répondez-leur depuis sa page."))
