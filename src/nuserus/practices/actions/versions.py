"""Keeping what each publication showed, putting one back, and closing one whose words must go."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.practices.actions.history import log_event
from nuserus.practices.enums import SheetEventKind, SheetStatus
from nuserus.practices.enums.versions import ClosingReason
from nuserus.practices.models import Sheet, SheetEvent, SheetVersion, VersionContent
from nuserus.practices.rules import can_close_version

SUMMARY_LIMIT = 200
VERSION_CLOSED = "practices.version_closed"


def keep_version(
    sheet: Sheet, *, made_by: UUID | None, read_by: UUID | None = None, summary: str = "", restores: int | None = None
) -> SheetVersion:
    """Keep what a sheet that was just published shows, in the caller's transaction.

    The database writes the content itself, and refuses at commit a publication without its version.
    """
    version = SheetVersion(
        sheet=sheet,
        number=sheet.version,
        made_by_id=made_by,
        read_by_id=read_by if read_by != made_by else None,
        summary=summary[:SUMMARY_LIMIT],
        restores=restores,
        scope_level=sheet.scope_level,
        scope_author=sheet.scope_author,
        scope_mission=sheet.scope_mission,
    )
    version.save(force_insert=True)
    kept = VersionContent(version=version, scope_level=sheet.scope_level)
    kept.save(force_insert=True)
    return version


def close_version(*, actor: Asking, version: SheetVersion, reason: ClosingReason) -> None:
    """Erase what a version showed; its line stays, with the reason. It cannot be undone.

    Raises Unreadable, PermissionDenied for who neither writes the sheet nor moderates, and
    ValidationError for the version that is public now: change the sheet first.
    """
    can_close_version.require(actor, version)
    sheet = version.sheet
    if reason == ClosingReason.MODERATED and "moderator" not in actor.roles:
        raise PermissionDenied(_("Cette raison est celle de la modération."))
    if sheet.status == SheetStatus.PUBLISHED and version.number == sheet.version:
        raise ValidationError(
            _("C’est la version que tout le monde lit. Rien n’a changé : modifiez d’abord la fiche, puis fermez-la.")
        )
    _close(version, reason)
    if version.scope_author == actor.user_id or version.scope_mission in actor.missions:
        log_event(sheet, SheetEventKind.CLOSED, actor=actor.user_id, reason=reason.value, version=version.number)
    else:
        record("close version", actor=actor.user_id, object_id=version.pk, content=reason.value)


def close_again(version: SheetVersion, reason: ClosingReason) -> None:
    """In a copy restored from before: erase what the version showed, for a person who writes the sheet."""
    _close(version, reason)


def close_unread_versions(sheet: Sheet) -> None:
    """A peer gives a published sheet back: the versions that no peer had read before are closed.

    Asked by the peer, while they are named on the sheet.
    """
    read = SheetEvent.objects.filter(sheet=sheet).filter(
        Q(kind=SheetEventKind.CONFIRMED) | Q(kind=SheetEventKind.PUBLISHED) & ~Q(actor=sheet.author_id)
    )
    last: int = read.aggregate(last=Max("version"))["last"] or 0
    for version in SheetVersion.objects.filter(sheet=sheet, number__gt=min(last, sheet.version - 1)):
        _close(version, ClosingReason.REVIEWED)


def _close(version: SheetVersion, reason: ClosingReason) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT practices_close_version(%s, %s)", [version.pk, reason.value])
        (closed,) = cursor.fetchone()
    if closed:
        note_withdrawal(VERSION_CLOSED, object_id=version.pk, details={"reason": reason.value})
    else:
        raise PermissionDenied(
            _("Seules les personnes qui écrivent cette fiche, et la modération, ferment une version.")
        )
