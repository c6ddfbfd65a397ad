"""Publishing a sheet, and a change to a published one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.practices.actions.applying import apply_answer
from nuserus.practices.actions.assigning import open_review
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.leaving import come_back
from nuserus.practices.actions.telling_people import tell_published
from nuserus.practices.actions.versions import keep_version
from nuserus.practices.actions.writing import require_writing
from nuserus.practices.enums import SheetEventKind, SheetStatus
from nuserus.practices.enums.versions import YEAR
from nuserus.practices.models import Answer, Sheet
from nuserus.practices.models.sheets import LICENCE
from nuserus.practices.queries.completeness import missing_to_publish
from nuserus.practices.queries.drafts import pending_answers
from nuserus.practices.queries.reviews import is_trusted
from nuserus.practices.registry import lacks_of
from nuserus.practices.rules import can_send_sheet


def require_complete(sheet: Sheet) -> None:
    """Raise ValidationError with what lacks, in words, unless everything is there."""
    if missing := missing_to_publish(sheet):
        raise ValidationError([str(lack.words) for lack in missing], code="missing")


def require_leave_to_change(sheet: Sheet) -> None:
    """Before something public at once: raise ValidationError with what other apps want of a published sheet."""
    if sheet.status == SheetStatus.PUBLISHED and (lacks := lacks_of(sheet)):
        wanted = ", ".join(str(lack.words) for lack in lacks)
        raise ValidationError(_("Il manque : %(what)s. Rien n’a changé.") % {"what": wanted}, code="missing")


def make_public(sheet: Sheet, *, actor: Asking) -> None:
    """Give the sheet its next version and open it to everybody. Raises ValidationError if incomplete."""
    require_complete(sheet)
    now = timezone.now()
    sheet.status = SheetStatus.PUBLISHED
    sheet.scope_level = Level.PUBLIC
    sheet.licence = LICENCE
    sheet.version += 1
    sheet.published_at = sheet.published_at or now
    sheet.review_date = timezone.localdate(now) + YEAR
    sheet.save()
    come_back(sheet)
    keep_version(sheet, made_by=sheet.author_id, read_by=actor.user_id)
    log_event(sheet, SheetEventKind.PUBLISHED, actor=actor.user_id)
    tell_published(sheet, actor=actor.user_id)
    index_sheet(sheet)


@transaction.atomic
def publish_own_sheet(*, actor: Asking, sheet: Sheet) -> None:
    """Publish one's own sheet without waiting, once two have been; a peer reads it afterwards.

    For a sheet just sent (in review, with its licence), by the author. Raises PermissionDenied when
    trust is not there yet, ValidationError when something lacks.
    """
    can_send_sheet.require(actor, sheet)
    if not is_trusted(actor):
        raise PermissionDenied(_("Après deux fiches publiées, vous pourrez publier sans attendre la relecture."))
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.status != SheetStatus.IN_REVIEW:
        raise ValidationError(_("Envoyez d’abord la fiche : une personne la relira après publication."))
    make_public(sheet, actor=actor)
    sheet.reviews.filter(decided_at=None).update(after_publication=True)


@transaction.atomic
def publish_changes(*, actor: Asking, sheet: Sheet, what: str = "") -> int:
    """Put what was typed since on the published sheet: a new version, and a peer reads it again.

    `what` says in a line what changed. Returns the version. Raises ValidationError when nothing was
    changed or when the sheet would lack something.
    """
    require_writing(actor, sheet)
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    pending = pending_answers(sheet)
    if sheet.status != SheetStatus.PUBLISHED or not pending:
        raise ValidationError(_("Rien n’a changé depuis la dernière version."))
    apply_pending(sheet, pending)
    return record_change(sheet, actor=actor, what=what)


def apply_pending(sheet: Sheet, answers: list[Answer]) -> None:
    """Put typed answers on a published sheet: the caller makes the version. Raises ValidationError."""
    for answer in answers:
        apply_answer(sheet, answer.question, answer.fields)
        answer.applied_revision = answer.revision
        answer.save(update_fields=["applied_revision"])
    require_complete(sheet)


def record_change(sheet: Sheet, *, actor: Asking, what: str, restores: int | None = None) -> int:
    """A published sheet changed: next version, history, index, and a review after the fact."""
    next_version(sheet, actor=actor, what=what, restores=restores)
    open_review(sheet, actor=actor.user_id, after_publication=True)
    index_sheet(sheet)
    return sheet.version


def next_version(sheet: Sheet, *, actor: Asking, what: str, restores: int | None = None) -> None:
    """What the sheet holds now is its next version, kept with who made it and a line about it."""
    sheet.version += 1
    sheet.review_date = timezone.localdate() + YEAR
    sheet.save(update_fields=["version", "review_date", "changed_at"])
    keep_version(sheet, made_by=actor.user_id, summary=what, restores=restores)
    log_event(sheet, SheetEventKind.CHANGED, actor=actor.user_id, reason=what)
