"""Telling people that something happened."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connections, router
from procrastinate.contrib.django import app

from nuserus.foundation.models.base import new_id
from nuserus.notifications.models import Notice
from nuserus.notifications.registry import notice_kind

SEND = "nuserus.notifications.tasks.send"
MAX_DETAIL = 300


def notify(  # noqa: PLR0913 - one keyword per thing a notice says
    *,
    kind: str,
    recipients: Iterable[UUID],
    about: UUID | None,
    address: str,
    details: Mapping[str, str],
    actor: UUID | None,
) -> None:
    """Leave a notice to each recipient but the actor, in the caller's transaction.

    `address` is a path of the site. `details` are ids and titles, cut at 300 characters: what the
    sentence of the kind needs. Recipients who want mail at once get it from a job, when the
    transaction is committed; the others find it in the weekly digest, or in page alone. Raises
    ValueError for a kind that no app declares or an address that is not a path.
    """
    known = notice_kind(kind)
    if known is None:
        raise ValueError(f"No app declares the kind of notice {kind}")
    if not address.startswith("/") or address.startswith("//"):
        raise ValueError("The address of a notice is a path of the site")
    kept = json.dumps({key: str(value)[:MAX_DETAIL] for key, value in details.items()})
    # always in the same order, so that two transactions never wait for each other in a circle
    for recipient in sorted(set(recipients) - {actor}):
        sending = new_id()
        with connections[router.db_for_write(Notice)].cursor() as cursor:
            cursor.execute(
                "SELECT nuserus_notify(%s, %s, %s, %s, %s, %s, %s, %s)",
                [new_id(), sending, recipient, kind, about, address, kept, known.default.value],
            )
            (by_mail,) = cursor.fetchone()
        if by_mail:
            app.configure_task(SEND).defer(sending_id=str(sending), recipient_id=str(recipient))
