"""Which mails are due, and how the mail does: ids and counts, never a recipient's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from nuserus.foundation.asking import Asking
from nuserus.notifications.enums import SendingState
from nuserus.notifications.rules import ANY_SENDING, can_oversee_sendings

MOST_IN_DOUBT = 50


@dataclass(frozen=True, slots=True)
class Count:
    """How many mails are in one state, and since when the oldest."""

    state: SendingState
    number: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mail that was refused, or that may have left."""

    id: UUID
    state: SendingState
    left_at: datetime | None
    ended_at: datetime
    attempts: int
    answer: str


def due_sendings(at_most: int, *, lease: timedelta) -> list[tuple[UUID, UUID]]:
    """Mails to look at now, as (record, recipient): due, or held for longer than a lease."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, recipient FROM nuserus_sendings_due(%s, %s)", [at_most, timezone.now() - lease])
        return [(UUID(str(sending)), UUID(str(recipient))) for sending, recipient in cursor.fetchall()]


def sendings_counted(asking: Asking) -> list[Count]:
    """How many mails are in which state, for who runs the service. Raises Unreadable for others."""
    can_oversee_sendings.require(asking, ANY_SENDING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, number, oldest FROM nuserus_sendings_counted()")
        found = {state: Count(SendingState(state), number, oldest) for state, number, oldest in cursor.fetchall()}
    return [found[state] for state in SendingState if state in found]


def sendings_in_doubt(asking: Asking) -> list[Doubt]:
    """The last mails that were refused or may have left, for who runs the service."""
    can_oversee_sendings.require(asking, ANY_SENDING)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM nuserus_sendings_in_doubt(%s)", [MOST_IN_DOUBT])
        return [
            Doubt(UUID(str(row[0])), SendingState(row[1]), row[2], row[3], row[4], row[5]) for row in cursor.fetchall()
        ]
