"""The history of a sheet: one line for each step, with its reason."""

from __future__ import annotations

from uuid import UUID

from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.practices.enums import SheetEventKind
from nuserus.practices.models import Sheet, SheetEvent


def log_event(
    sheet: Sheet, kind: SheetEventKind, *, actor: UUID | None, reason: str = "", version: int | None = None
) -> SheetEvent:
    """Write a step in the history and in the audit journal, in the caller's transaction."""
    record(f"sheet {kind.value}", actor=actor, object_id=sheet.pk, content=reason)
    return SheetEvent.objects.create(
        sheet=sheet,
        kind=kind,
        actor_id=actor,
        reason=reason,
        version=sheet.version if version is None else version,
        scope_level=Level.RESTRICTED,
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    )
