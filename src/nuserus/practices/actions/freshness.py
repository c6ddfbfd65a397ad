"""« Toujours valable ? »: asking the authors once a year, and what their answer does."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking, acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.foundation.missions import holders
from nuserus.notifications.actions import notify
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.enums import Contribution, SheetEventKind, SheetStatus
from nuserus.practices.enums.versions import GRACE, LINK_DAYS, YEAR, StillValid
from nuserus.practices.models import Contributor, FreshnessCheck, Presence, Sheet
from nuserus.practices.queries.freshness import due_occurrence
from nuserus.practices.queries.writers import is_writer
from nuserus.practices.rules import can_read_sheet

STILL_VALID = "practices.still_valid"
_SALT = "nuserus.practices.still_valid"
_ASKED = (Contribution.WRITING, Contribution.WITNESS)
_EVENTS = {
    StillValid.VALID: SheetEventKind.RENEWED,
    StillValid.TO_FIX: SheetEventKind.TO_FIX,
    StillValid.STOPPED: SheetEventKind.STOPPED,
}


class LinkExpired(ValueError):
    """The link was ours and is too old to act."""


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=_SALT, sep=".", fallback_keys=list(settings.NUSERUS_OLD_SECRET_KEYS))


def link_for(check: FreshnessCheck, account: UUID) -> str:
    """The path that lets one person answer one question without signing in; for LINK_DAYS days."""
    token = _signer().sign(f"{check.pk.hex}-{account.hex}")
    return reverse("sheets:still_valid", args=[token])


def read_link(token: str) -> tuple[UUID, UUID]:
    """The question and the person of a link. Raises LinkExpired, or BadSignature when it is not ours."""
    try:
        check, account = _signer().unsign(token, max_age=LINK_DAYS * 86_400).split("-")
        return UUID(hex=check), UUID(hex=account)
    except SignatureExpired as late:
        raise LinkExpired from late
    except ValueError as wrong:
        raise BadSignature("not a link of ours") from wrong


def ask_authors(today: date | None = None) -> int:
    """Ask about each sheet whose year has passed, once for that year; returns how many were asked.

    Each sheet is a transaction of its own, acting as its author: the question and its notices are
    there together or not at all, so that the job may stop anywhere and run again.
    """
    today = today or timezone.localdate()
    with as_system("ask whether sheets are still valid"):
        due = Sheet.objects.filter(status=SheetStatus.PUBLISHED, stopped_at=None, review_date__lte=today)
        listed = list(due.order_by("review_date", "pk").values_list("pk", "author_id", "review_date"))
        asked = set(FreshnessCheck.objects.filter(sheet__in=due.values("pk")).values_list("sheet_id", "due_on"))
    number = 0
    for sheet_id, author, review_date in listed:
        due_on = due_occurrence(review_date or today, today)
        if (sheet_id, due_on) not in asked:
            number += _ask(sheet_id, author, due_on)
    return number


def _ask(sheet_id: UUID, author: UUID, due_on: date) -> bool:
    with acting_as(author):
        sheet = Sheet.objects.select_for_update().filter(pk=sheet_id, status=SheetStatus.PUBLISHED).first()
        if sheet is None:
            return False
        check, is_new = FreshnessCheck.objects.get_or_create(
            sheet=sheet,
            due_on=due_on,
            defaults={"scope_level": Level.RESTRICTED, "scope_author": author, "scope_mission": sheet.pk},
        )
        if not is_new:
            return False
        for person in _asked_about(sheet):
            notify(
                kind=STILL_VALID,
                recipients=[person],
                about=sheet.pk,
                address=link_for(check, person),
                details={"title": str(sheet)},
                actor=None,
            )
        return True


def _asked_about(sheet: Sheet) -> list[UUID]:
    """The author, and those credited for its words who are still named on the sheet."""
    named = holders(sheet.pk)
    credited = Contributor.objects.filter(sheet=sheet, contribution__in=_ASKED, account__isnull=False)
    others = [person for person in credited.values_list("account_id", flat=True) if person and person in named]
    return list(dict.fromkeys([sheet.author_id, *others]))


@transaction.atomic
def answer_check(*, actor: Asking, check: FreshnessCheck, answer: StillValid) -> None:
    """Answer a question once, by one of those who write the sheet.

    Raises PermissionDenied, or ValidationError when it was answered before or the sheet is not public.
    """
    check = FreshnessCheck.objects.select_for_update(of=("self",)).select_related("sheet").get(pk=check.pk)
    if check.answered_at is not None:
        raise ValidationError(_("La réponse est déjà donnée. Rien n’a changé."), code="answered")
    confirm_sheet(actor=actor, sheet=check.sheet, answer=answer)
    check.answer, check.answered_at, check.answered_by_id = answer, timezone.now(), actor.user_id
    check.save(update_fields=["answer", "answered_at", "answered_by"])


@transaction.atomic
def confirm_sheet(*, actor: Asking, sheet: Sheet, answer: StillValid) -> None:
    """Say that a published sheet is still valid, is to be corrected, or is not done any more.

    Raises Unreadable, PermissionDenied for who does not write it, ValidationError unless it is public.
    """
    can_read_sheet.require(actor, sheet)
    if not is_writer(actor, sheet):
        raise PermissionDenied(_("Seules les personnes qui ont écrit cette fiche peuvent répondre."))
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if sheet.status != SheetStatus.PUBLISHED:
        raise ValidationError(_("Cette fiche n’est plus publiée. Rien n’a changé."))
    if answer == StillValid.VALID:
        sheet.stopped_at, sheet.review_date = None, timezone.localdate() + YEAR
    elif answer == StillValid.STOPPED:
        sheet.stopped_at = sheet.stopped_at or timezone.now()
    sheet.save(update_fields=["stopped_at", "review_date"])
    log_event(sheet, _EVENTS[answer], actor=actor.user_id)
    index_sheet(sheet)


def sink_stale_sheets(today: date | None = None) -> int:
    """Mark the sheets that became stale since the last time, and index them so; returns how many."""
    today = today or timezone.localdate()
    with as_system("sink the sheets that nobody confirms"):
        passed = Sheet.objects.filter(
            status=SheetStatus.PUBLISHED, is_stale=False, review_date__lt=today - GRACE
        ).order_by("pk")
        for sheet in passed:
            sheet.save(update_fields=["is_stale"])  # the database computes it
            index_sheet(sheet)
        return len(passed)


def forget_presences() -> None:
    """Who was writing yesterday is nobody's business."""
    with as_system("forget who was writing"):
        Presence.objects.filter(seen_at__lt=timezone.now() - timedelta(days=1)).delete()
