"""Mail that leaves by itself. Whatever dies in the middle, the record says how far it was."""

from __future__ import annotations

import logging
from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.notifications.actions import sending
from nuserus.notifications.actions.notify import SEND
from nuserus.notifications.actions.reading import forget_old_notices
from nuserus.notifications.actions.weekly import prepare_digests
from nuserus.notifications.queries.due import due_sendings

logger = logging.getLogger(__name__)

AT_ONCE = 200


@app.task(name=SEND)
def send(*, sending_id: str, recipient_id: str) -> None:
    """Send one mail; if it can't be now, the record says when, and `send_due` finds it."""
    sending.send(sending_id=UUID(sending_id), recipient_id=UUID(recipient_id))


@app.periodic(cron="* * * * *")
@app.task(name="nuserus.notifications.tasks.send_due", queueing_lock="send_due", pass_context=False)
def send_due(timestamp: int) -> None:
    """Send what waits: digests, second tries, and what a worker that died had not let go."""
    for sending_id, recipient_id in due_sendings(AT_ONCE, lease=sending.LEASE):
        try:
            sending.send(sending_id=sending_id, recipient_id=recipient_id)
        except Exception:  # the others still want their mail; this one is looked at again after its lease
            logger.exception("Mail %s failed", sending_id)


@app.periodic(cron="7 7-19 * * *")
@app.task(name="nuserus.notifications.tasks.write_digests", queueing_lock="write_digests", pass_context=False)
def write_digests(timestamp: int) -> None:
    """From Monday morning on, have a digest for everybody; the later hours finish what was cut."""
    prepare_digests()


@app.periodic(cron="37 3 * * *")
@app.task(name="nuserus.notifications.tasks.forget_notices", queueing_lock="forget_notices", pass_context=False)
def forget_notices(timestamp: int) -> None:
    """Delete notices and records of mail of more than a year ago."""
    forget_old_notices()
