"""A person's own notices."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.notifications.models import Notice
from nuserus.notifications.rules import can_read_notice


def notices_of(asking: Asking) -> QuerySet[Notice]:
    """Every notice of the person who asks, last first."""
    return can_read_notice.filter(Notice.objects.all(), asking).order_by("-happened_at", "-id")


def unread_count(asking: Asking) -> int:
    """How many notices the person has not read; 0 for a visitor."""
    if asking.is_anonymous:
        return 0
    return notices_of(asking).filter(read_at=None).count()


def notice_of(asking: Asking, notice_id: UUID) -> Notice:
    """One notice of the person. Raises Unreadable (404) for any other."""
    notice = notices_of(asking).filter(pk=notice_id).first()
    if notice is None:
        raise Unreadable
    return notice
