"""Marking notices as read, and forgetting them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from nuserus.foundation.asking import Asking
from nuserus.notifications.models import Notice, Preference, Sending
from nuserus.notifications.queries.notices import notices_of
from nuserus.notifications.rules import can_change_notice

KEPT = timedelta(days=400)


def mark_read(*, actor: Asking, notice: Notice) -> None:
    """Note that the recipient has opened the notice. Raises Unreadable for anybody else."""
    can_change_notice.require(actor, notice)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])


def mark_all_read(*, actor: Asking) -> int:
    """Note that the person has seen all their notices; how many were new."""
    return notices_of(actor).filter(read_at=None).update(read_at=timezone.now())


def forget_recipient(account_id: UUID) -> None:
    """Leave nothing of a closed account here: notices, wishes, and mail that has not left."""
    for model in (Sending, Notice, Preference):
        model.objects.filter(scope_author=account_id).delete()


def forget_old_notices() -> None:
    """Delete what is older than 400 days, mail records included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nuserus_forget_notices(%s)", [timezone.now() - KEPT])
