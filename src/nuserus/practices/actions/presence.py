"""Noting who is writing in a question."""

from __future__ import annotations

from django.utils import timezone

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.practices.models import Presence, Sheet


def note_presence(actor: Asking, sheet: Sheet, question: str) -> None:
    """The actor writes in this question now: said by each of their saves, kept or refused."""
    row = Presence(
        sheet=sheet,
        question=question,
        account_id=actor.user_id,  # type: ignore[misc]  # visitors save nothing
        seen_at=timezone.now(),
        scope_level=Level.RESTRICTED,
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    )
    Presence.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["sheet", "question", "account"],
        update_fields=["seen_at"],
    )
