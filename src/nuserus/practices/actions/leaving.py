"""A sheet that was public and is not any more."""

from __future__ import annotations

from nuserus.foundation.levels import Level
from nuserus.practices.enums import Absence, SheetStatus
from nuserus.practices.models import AbsentSheet, Sheet


def leave_the_public(sheet: Sheet, *, status: SheetStatus, absence: Absence) -> None:
    """Close the sheet to all but those named on it; one that had a version leaves its place."""
    sheet.status = status
    sheet.scope_level = Level.RESTRICTED
    sheet.save(update_fields=["status", "scope_level", "changed_at"])
    if not sheet.version:
        return
    AbsentSheet.objects.filter(pk=sheet.pk).delete()
    AbsentSheet.objects.create(
        pk=sheet.pk,
        kind=absence,
        family=sheet.family,
        adapted_from=sheet.adapted_from_id,
        scope_level=Level.PUBLIC,
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    )


def come_back(sheet: Sheet) -> None:
    """The sheet is there again: its empty place goes."""
    AbsentSheet.objects.filter(pk=sheet.pk).delete()
