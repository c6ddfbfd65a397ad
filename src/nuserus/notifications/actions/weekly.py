"""One record per account and ISO week, from which the digests are sent."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection
from django.utils import timezone

from nuserus.foundation.models.base import new_id
from nuserus.notifications.registry import addressees

BATCH = 500


def prepare_digests() -> int:
    """Write the records of this ISO week that are not there yet; how many were written.

    May be run any number of times, and go on where a run was cut. Accounts opened this week wait for
    the next one.
    """
    today = timezone.localdate()
    year, number, day = today.isocalendar()
    monday = datetime.combine(today - timedelta(days=day - 1), time.min, timezone.get_current_timezone())
    week = f"{year}-W{number:02}"
    accounts, written = addressees().everyone(monday), 0
    while batch := list(islice(accounts, BATCH)):
        written += _write(week, batch)
    return written


def _write(week: str, recipients: list[UUID]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nuserus_prepare_digests(%s, %s, %s)", [week, [new_id() for _recipient in recipients], recipients]
        )
        (written,) = cursor.fetchone()
    return int(written)
